import CLinux
import Glibc
import SystemPackage
package import Time

/// Waits for any number of descriptors (epoll(7)). `Poller` is for the few that a server has.
package struct EventQueue: ~Copyable {
  private let descriptor: Descriptor
  private let clock = MonotonicClock()

  /// A queue that watches nothing yet.
  package init() throws(SystemError) {
    let number = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard number >= 0 else { throw SystemError("make an event queue", lastError) }
    descriptor = Descriptor(owning: number)
  }

  /// What to wait for: readable when a descriptor that is watched is.
  package var descriptorNumber: Int32 { descriptor.number }

  /// Watches a descriptor until it is closed; `wait` names it by `token`.
  package func watch(_ number: Int32, as token: UInt64) throws(SystemError) {
    var event = unsafe epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: token))
    guard unsafe epoll_ctl(descriptor.number, EPOLL_CTL_ADD, number, &event) == 0 else {
      throw SystemError("watch a descriptor", lastError)
    }
  }

  /// Waits until a descriptor can be read, or its other side has gone, or `deadline` has come.
  /// - Returns: the tokens of those that are ready, 64 at most.
  package func wait(until deadline: Instant) -> [UInt64] {
    var events = unsafe [epoll_event](repeating: epoll_event(), count: 64)
    var milliseconds: Int32 = -1
    if deadline != .never {
      // Rounded up: it would else come back a little early, again and again.
      milliseconds = Int32(clamping: (deadline.since(clock.now).nanoseconds + 999_999) / 1_000_000)
    }
    let count = unsafe epoll_wait(descriptor.number, &events, Int32(events.count), milliseconds)
    return unsafe events.prefix(max(0, Int(count))).map { unsafe $0.data.u64 }
  }
}
