import CLinux
import Glibc
package import Time

/// Which of the descriptors that a poller watches are ready.
package struct Readiness: OptionSet, Sendable {
  /// A bit for each descriptor, in the order in which they were added.
  package let rawValue: UInt32

  /// The descriptors whose bits are set.
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Some descriptor is broken: its device is gone, or it was closed. Its own bit is set, too.
  package static let broken = Readiness(rawValue: 1 << 31)
}

/// Waits for a few descriptors at once: a device, finished reads, signals (ppoll(2)).
package struct Poller: ~Copyable {
  private var entries: [pollfd] = []
  private let clock = MonotonicClock()

  /// A poller that watches nothing yet.
  package init() {}

  /// Watches a descriptor as well; at most 31 of them.
  /// - Returns: the bit by which readiness names it.
  package mutating func watch(_ descriptor: Int32) -> Readiness {
    precondition(entries.count < 31, "a poller watches 31 descriptors")
    entries.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
    return Readiness(rawValue: 1 << UInt32(entries.count - 1))
  }

  /// Watches no longer what was added as `member`; its bit is not used again.
  package mutating func ignore(_ member: Readiness) {
    for index in entries.indices where member.contains(bit(index)) { entries[index].fd = -1 }
  }

  /// Waits until a descriptor can be read or `deadline` has come, for ever when that is `.never`. A deadline in the past
  /// only looks.
  /// - Parameter writable: descriptors that are to be ready for writing, too: those that took no more.
  /// - Returns: the descriptors that are ready; none when the deadline has come.
  package mutating func wait(until deadline: Instant, orWritable writable: Readiness = []) -> Readiness {
    for index in entries.indices {
      entries[index].events = Int16(writable.contains(bit(index)) ? POLLIN | POLLOUT : POLLIN)
    }
    while true {
      let result = poll(until: deadline)
      // A signal that is not kept away, or a stop and a continuation: the deadline is still the same.
      if result == -EINTR { continue }
      return result > 0 ? ready : []
    }
  }

  private mutating func poll(until deadline: Instant) -> Int32 {
    let count = UInt32(truncatingIfNeeded: entries.count)
    guard deadline != .never else { return unsafe clinux_ppoll(&entries, count, nil) }
    let rest = deadline.since(clock.now).nanoseconds
    var timeout = timespec(tv_sec: Int(rest / 1_000_000_000), tv_nsec: Int(rest % 1_000_000_000))
    return unsafe clinux_ppoll(&entries, count, &timeout)
  }

  private var ready: Readiness {
    var ready: Readiness = []
    for index in entries.indices where entries[index].revents != 0 {
      ready.insert(bit(index))
      if entries[index].revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 { ready.insert(.broken) }
    }
    return ready
  }

  private func bit(_ index: Int) -> Readiness {
    Readiness(rawValue: 1 << UInt32(index))
  }
}
