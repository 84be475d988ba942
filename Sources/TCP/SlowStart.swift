import Time
import Wire

/// HyStart++: the first slow start ends when round trips grow, before the queue that makes them grow overflows (RFC 9406).
struct SlowStart: Sendable {
  /// The number whose acknowledgment ends the round.
  private var roundEnd: SequenceNumber
  /// The shortest round trip of the last round, of this one, and of the one with which the slower growth began.
  private var last = Microseconds(.milliseconds(.max))
  private var current = Microseconds(.milliseconds(.max))
  private var baseline = Microseconds(.milliseconds(.max))
  /// Round trips measured in this round.
  private var samples: UInt8 = 0
  /// Rounds of slower growth, counted from 1; 0 before it.
  private var slowRounds: UInt8 = 0

  private static let fewestSamples: UInt8 = 8
  private static let slowRoundsAtMost: UInt8 = 5
  private static let slowDivisor: UInt32 = 4
  private static let shortestRise = Microseconds(.milliseconds(4))
  private static let longestRise = Microseconds(.milliseconds(16))

  /// A connection begins.
  init(una: SequenceNumber) {
    roundEnd = una
  }

  /// Whether slow start is over.
  var isOver: Bool { slowRounds > SlowStart.slowRoundsAtMost }

  /// By how much the window grows (§4.2). There is no bound on the growth by one acknowledgment: receivers that put
  /// segments together acknowledge dozens at once.
  mutating func growth(_ news: Growth) -> UInt32 {
    if news.una > roundEnd {
      roundEnd = news.max
      last = current
      current = Microseconds(.milliseconds(.max))
      samples = 0
      if slowRounds > 0 { slowRounds += 1 }
    }
    if let roundTrip = news.roundTrip {
      current = min(current, Microseconds(roundTrip))
      samples = min(samples + 1, SlowStart.fewestSamples)
    }
    if samples == SlowStart.fewestSamples { judge() }
    return slowRounds > 0 ? news.count / SlowStart.slowDivisor : news.count
  }

  /// Enough of this round is known to compare it with others.
  private mutating func judge() {
    if slowRounds > 0 {
      // The rise did not last.
      if current < baseline { slowRounds = 0 }
      return
    }
    guard last.count != .max else { return }
    let rise = min(max(last.count / 8, SlowStart.shortestRise.count), SlowStart.longestRise.count)
    guard current > last, current.count - last.count >= rise else { return }
    baseline = current
    slowRounds = 1
  }
}
