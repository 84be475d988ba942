package import Time

/// The retransmission time-out, computed from measured round trips (RFC 6298).
package struct RetransmissionTimeout: Sendable {
  /// The RFC asks for a second at least (§2.4); every large stack uses 200 ms, which the delayed acknowledgments of
  /// today's receivers stay well below.
  package static let lowest = Interval.milliseconds(200)
  /// The longest time-out, backed off or not (§2.5 asks for at least 60 s).
  package static let highest = Interval.seconds(60)
  /// Before the first measurement (§2.1).
  package static let initial = Interval.seconds(1)

  /// SRTT; nil before the first measurement.
  package var smoothed: Interval? { hasMeasured ? mean : nil }
  /// RTTVAR.
  package private(set) var variation = Interval.zero
  /// How many times in a row the timer has expired; each doubles the time-out (§5.5).
  package private(set) var expirations: UInt8 = 0
  private var hasMeasured = false
  private var least = Microseconds.zero
  private var mean = Interval.zero

  /// No measurement yet.
  package init() {}

  /// RTO: how long to wait for an acknowledgment now.
  package var interval: Interval {
    expirations == 0 ? base : min(base * (1 << UInt64(min(expirations, 16))), RetransmissionTimeout.highest)
  }

  /// The time-out as long as nothing expires (§2.2, §2.3).
  private var base: Interval {
    guard hasMeasured else { return RetransmissionTimeout.initial }
    let computed = mean + max(variation * 4, .milliseconds(1))
    return min(max(computed, RetransmissionTimeout.lowest), RetransmissionTimeout.highest)
  }

  /// The shortest round trip that was measured; zero before the first.
  package var shortest: Interval { least.interval }

  /// Takes in a round trip, measured on text sent once (§2.2, §2.3; Karn's rule is the caller's).
  @inline(__always)
  package mutating func measure(_ roundTrip: Interval) {
    if hasMeasured {
      let difference = roundTrip > mean ? roundTrip - mean : mean - roundTrip
      variation = (variation * 3 + difference) / 4
      mean = (mean * 7 + roundTrip) / 8
    } else {
      hasMeasured = true
      mean = roundTrip
      variation = roundTrip / 2
    }
    noteRoundTrip(roundTrip)
    expirations = 0
  }

  /// Takes in a round trip for `shortest` alone: that of the last segment of several that were acknowledged together.
  package mutating func noteRoundTrip(_ roundTrip: Interval) {
    let short = Microseconds(roundTrip)
    if least == .zero || short < least { least = max(short, Microseconds(.microseconds(1))) }
  }

  /// The timer has expired (§5.5).
  package mutating func backOff() {
    expirations = min(expirations + 1, 60)
  }

  /// Takes the back-off back: a closed window that is open again was no loss. After one the time-out stays long until a
  /// round trip is measured (§5, end; Karn's algorithm), for a path that got slower is never measured otherwise.
  package mutating func forgetBackOff() {
    expirations = 0
  }
}
