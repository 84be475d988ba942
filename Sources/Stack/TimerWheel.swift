package import Time

/// Deadlines of things that are numbered from 0, in a hierarchy of three wheels of 256 slots (Varghese, Lauck 1987).
///
/// A tick is a millisecond; deadlines are rounded up, so that nothing fires early. One that lies beyond 4.6 hours comes up
/// earlier than it should and has to be entered again. Setting and cancelling take constant time.
package struct TimerWheel {
  private static let slots = 256
  private static let levels = 3
  private static let tick: UInt64 = 1_000_000

  private var lists: IndexList
  private var ticks: [UInt64]
  private var occupied: [UInt32]
  private var current: UInt64

  /// A wheel for things numbered below `capacity`, that begins to turn at `start`.
  package init(capacity: Int, start: Instant) {
    lists = IndexList(lists: TimerWheel.slots * TimerWheel.levels, capacity: capacity)
    ticks = Array(repeating: 0, count: capacity)
    occupied = Array(repeating: 0, count: TimerWheel.levels)
    current = start.nanoseconds / TimerWheel.tick
  }

  /// Sets a deadline. One that is set already stays when it is the earlier: whoever is woken looks for himself.
  package mutating func wake(_ index: Int, by deadline: Instant) {
    guard deadline != .never else { return }
    let tick = max((deadline.nanoseconds + (TimerWheel.tick - 1)) / TimerWheel.tick, current)
    if lists.list(of: index) != nil {
      if ticks[index] <= tick { return }
      cancel(index)
    }
    enter(index, tick)
  }

  /// Forgets a deadline, if one is set.
  package mutating func cancel(_ index: Int) {
    guard let list = lists.list(of: index) else { return }
    lists.remove(index)
    occupied[list / TimerWheel.slots] -= 1
  }

  /// Something whose deadline has come, no longer set; nil when there is none. To be asked until it says nil.
  package mutating func nextExpired(at now: Instant) -> Int? {
    let end = now.nanoseconds / TimerWheel.tick
    while current <= end {
      let slot = Int(truncatingIfNeeded: current) & (TimerWheel.slots - 1)
      if let index = lists.first(of: slot) {
        cancel(index)
        return index
      }
      guard current < end else { return nil }
      current = occupied.allSatisfy { $0 == 0 } ? end : current + 1
      cascade()
    }
    return nil
  }

  /// The earliest moment at which `nextExpired` may have something; `never` when nothing is set.
  package var nextDeadline: Instant {
    for level in 0..<TimerWheel.levels where occupied[level] > 0 {
      let shift = UInt64(8 * level)
      let position = current >> shift
      for ahead in 0...UInt64(TimerWheel.slots) {
        let slot = Int(truncatingIfNeeded: position + ahead) & (TimerWheel.slots - 1)
        guard lists.first(of: level * TimerWheel.slots + slot) != nil, level == 0 || ahead > 0 else { continue }
        return Instant(nanoseconds: ((position + ahead) << shift) * TimerWheel.tick)
      }
    }
    return .never
  }

  private mutating func enter(_ index: Int, _ tick: UInt64) {
    let tick = min(tick, current + (1 << 24) - 1)
    let distance = tick - current
    let level = distance < 1 << 8 ? 0 : distance < 1 << 16 ? 1 : 2
    let slot = Int(truncatingIfNeeded: tick >> UInt64(8 * level)) & (TimerWheel.slots - 1)
    ticks[index] = tick
    occupied[level] += 1
    lists.append(index, to: level * TimerWheel.slots + slot)
  }

  /// When a wheel has turned once, the next slot of the wheel above is spread over it.
  private mutating func cascade() {
    for level in 1..<TimerWheel.levels {
      guard current & (1 << UInt64(8 * level) - 1) == 0 else { return }
      let slot = Int(truncatingIfNeeded: current >> UInt64(8 * level)) & (TimerWheel.slots - 1)
      while let index = lists.first(of: level * TimerWheel.slots + slot) {
        cancel(index)
        enter(index, ticks[index])
      }
    }
  }
}
