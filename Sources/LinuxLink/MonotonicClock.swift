import Glibc
package import Time

/// The machine's clock that never goes back (`CLOCK_MONOTONIC`). Read without a system call.
package struct MonotonicClock: Sendable {
  /// The clock; there is only one.
  package init() {}

  /// The time now, since an epoch near the machine's start.
  package var now: Instant {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(nanoseconds: UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec))
  }
}
