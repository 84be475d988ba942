/// A length of time in whole nanoseconds, never negative; at most 584 years.
package struct Interval: Hashable, Comparable, Sendable {
  /// The length in nanoseconds.
  package let nanoseconds: UInt64

  /// The empty interval.
  package static let zero = Interval(nanoseconds: 0)

  /// An interval of so many nanoseconds.
  @inlinable
  package init(nanoseconds: UInt64) {
    self.nanoseconds = nanoseconds
  }

  /// An interval of so many microseconds, or the longest there is.
  @inlinable
  package static func microseconds(_ count: UInt64) -> Interval {
    Interval(nanoseconds: 1_000) * count
  }

  /// An interval of so many milliseconds, or the longest there is.
  @inlinable
  package static func milliseconds(_ count: UInt64) -> Interval {
    Interval(nanoseconds: 1_000_000) * count
  }

  /// An interval of so many seconds, or the longest there is.
  @inlinable
  package static func seconds(_ count: UInt64) -> Interval {
    Interval(nanoseconds: 1_000_000_000) * count
  }

  /// The length in whole microseconds, rounded down.
  @inlinable
  package var microseconds: UInt64 { nanoseconds / 1_000 }

  /// The length in whole milliseconds, rounded down.
  @inlinable
  package var milliseconds: UInt64 { nanoseconds / 1_000_000 }

  /// Orders intervals by length.
  @inlinable
  package static func < (left: Interval, right: Interval) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}
