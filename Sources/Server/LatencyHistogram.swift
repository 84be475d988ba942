package import Time

/// How long answers took, from the request to the acknowledgment of the last byte, in classes that double: what a fixed
/// number of counters can say without a look at the others.
package struct LatencyHistogram: Sendable {
  /// Classes with a bound; one for all beyond follows them.
  package static let classCount = 26
  private var counts = InlineArray<27, UInt64>(repeating: 0)
  /// All of them together.
  package private(set) var sum = Interval.zero

  /// Of no answer.
  package init() {}

  /// The longest time that belongs to a class: 1 µs, 2 µs, and so on up to 33 s.
  package static func bound(of number: Int) -> Interval { .microseconds(1 << UInt64(number)) }

  /// Answers in a class; that of number `classCount` has those beyond all bounds.
  package func count(_ number: Int) -> UInt64 { counts[number] }

  /// All answers.
  package var total: UInt64 {
    var total: UInt64 = 0
    for number in 0...LatencyHistogram.classCount { total += counts[number] }
    return total
  }

  /// Counts an answer.
  @inline(__always)
  mutating func record(_ duration: Interval) {
    let microseconds = (duration.nanoseconds &+ 999) / 1_000
    let number = microseconds <= 1 ? 0 : UInt64.bitWidth - (microseconds - 1).leadingZeroBitCount
    counts[min(number, LatencyHistogram.classCount)] += 1
    sum = sum + duration
  }

  /// Adds those of another server.
  package mutating func add(_ other: LatencyHistogram) {
    for number in 0...LatencyHistogram.classCount { counts[number] += other.counts[number] }
    sum = sum + other.sum
  }
}
