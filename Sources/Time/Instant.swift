/// A point on a monotonic clock, in nanoseconds since an epoch that only the clock knows.
///
/// Nothing below the devices reads a clock: whoever needs the time is given an `Instant`.
package struct Instant: Hashable, Comparable, Sendable {
  /// Nanoseconds since the clock's epoch.
  package let nanoseconds: UInt64

  /// The clock's epoch.
  package static let epoch = Instant(nanoseconds: 0)

  /// Later than everything that happens: the deadline of a timer that is off.
  package static let never = Instant(nanoseconds: .max)

  /// The instant so many nanoseconds after the epoch.
  @inlinable
  package init(nanoseconds: UInt64) {
    self.nanoseconds = nanoseconds
  }

  /// Orders instants from earlier to later.
  @inlinable
  package static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The instant `interval` later; `never` where that is beyond the range.
  @inlinable
  package static func + (left: Instant, interval: Interval) -> Instant {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(interval.nanoseconds)
    return overflow ? .never : Instant(nanoseconds: sum)
  }

  /// The time from `earlier` to this instant, or zero where `earlier` is in fact later.
  @inlinable
  package func since(_ earlier: Instant) -> Interval {
    Interval(nanoseconds: nanoseconds > earlier.nanoseconds ? nanoseconds &- earlier.nanoseconds : 0)
  }
}
