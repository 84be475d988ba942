import Glibc

/// The time of day (`CLOCK_REALTIME`), for dates that people read: `Date` fields, logs, captures. It may go back.
package struct WallClock: Sendable {
  /// The clock; there is only one.
  package init() {}

  /// Whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  package var unixSeconds: Int64 { Int64(reading.tv_sec) }

  /// The seconds since 1970 and the nanoseconds since the last of them.
  var reading: timespec {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return time
  }
}
