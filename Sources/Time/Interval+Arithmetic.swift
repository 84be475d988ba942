/// Arithmetic saturates: a time-out that is too long becomes the longest one, a difference never falls below zero.
extension Interval {
  /// The sum of both lengths.
  @inlinable
  package static func + (left: Interval, right: Interval) -> Interval {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return Interval(nanoseconds: overflow ? .max : sum)
  }

  /// The difference, or zero where `right` is the longer.
  @inlinable
  package static func - (left: Interval, right: Interval) -> Interval {
    Interval(nanoseconds: left.nanoseconds > right.nanoseconds ? left.nanoseconds &- right.nanoseconds : 0)
  }

  /// `count` times the length.
  @inlinable
  package static func * (left: Interval, count: UInt64) -> Interval {
    let (product, overflow) = left.nanoseconds.multipliedReportingOverflow(by: count)
    return Interval(nanoseconds: overflow ? .max : product)
  }

  /// The length divided by a count that is not zero.
  @inlinable
  package static func / (left: Interval, count: UInt64) -> Interval {
    Interval(nanoseconds: left.nanoseconds / count)
  }
}
