import CLinux
import Glibc
package import Time

/// Waits for many descriptors at once, each known by a number of the caller's (epoll(7)).
package struct ReadySet: ~Copyable {
  private let descriptor: Descriptor
  private var names = [UInt32](repeating: 0, count: 256)
  private let clock = MonotonicClock()

  /// Waits for nothing yet.
  package init() throws(SystemError) {
    descriptor = Descriptor(owning: try check(clinux_epoll_create(), "make an epoll"))
  }

  /// Watches a descriptor for something to read. One that is closed is watched no longer.
  package borrowing func add(_ number: Int32, as name: UInt32) throws(SystemError) {
    try check(clinux_epoll_add(descriptor.number, number, name, 0), "watch a descriptor")
  }

  /// Watches a descriptor that is watched already for room to write instead, or for something to read again.
  package borrowing func change(_ number: Int32, as name: UInt32, toWriting isWriting: Bool) {
    _ = clinux_epoll_change(descriptor.number, number, name, isWriting ? 1 : 0)
  }

  /// Waits until a descriptor is ready or `deadline` has come; both to the millisecond.
  /// - Returns: how many are ready; `name` tells which.
  package mutating func wait(until deadline: Instant) -> Int {
    let rest = (deadline.since(clock.now).nanoseconds + 999_999) / 1_000_000
    let milliseconds = deadline == .never ? -1 : Int32(clamping: rest)
    return Int(max(unsafe clinux_epoll_wait(descriptor.number, &names, Int32(names.count), milliseconds), 0))
  }

  /// The name of one that is ready, from 0 to what `wait` has said.
  package borrowing func name(_ index: Int) -> UInt32 { names[index] }
}
