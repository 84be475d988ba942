import Glibc

/// The time of day (`CLOCK_REALTIME`), for dates that people read: `Date` fields, logs, captures. It may go back.
package struct WallClock: Sendable {
  /// The clock; there is only one.
  package init() {}

  /// Whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted; up to a tick of the kernel late, and for a fraction of
  /// what it costs to be exact (`CLOCK_REALTIME_COARSE`, clock_gettime(2)).
  package var unixSeconds: Int64 { Int64(read(CLOCK_REALTIME_COARSE).tv_sec) }

  /// The seconds since 1970 and the nanoseconds since the last of them.
  var reading: timespec { read(CLOCK_REALTIME) }

  private func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return time
  }
}
