package import Time
import Wire

/// Deadlines of things that are numbered from 0, in a hierarchy of three wheels of 256 slots (Varghese, Lauck 1987).
///
/// A tick is a millisecond; deadlines are rounded up, so that nothing fires early. One that lies beyond 4.6 hours comes up
/// earlier than it should and has to be entered again. Setting and cancelling take constant time.
package struct TimerWheel: ~Copyable {
  private static let slots = 256
  private static let levels = 3
  private static let tick: UInt64 = 1_000_000

  private var lists: IndexList
  private var ticks: Table<UInt64>
  private var occupied: Table<UInt32>
  private var current: UInt64

  /// A wheel for things numbered below `capacity`, that begins to turn at `start`.
  package init(capacity: Int, start: Instant) {
    lists = IndexList(lists: TimerWheel.slots * TimerWheel.levels, capacity: capacity)
    ticks = Table(capacity: capacity)
    occupied = Table(repeating: 0, count: TimerWheel.levels)
    current = start.nanoseconds / TimerWheel.tick
  }

  /// Bytes that a wheel takes for so many things.
  static func byteCount(capacity: Int) -> Int {
    IndexList.byteCount(lists: slots * levels, capacity: capacity) + Table<UInt64>.byteCount(capacity: capacity)
  }

  /// Sets a deadline. One that is set already stays when it is the earlier: whoever is woken looks for himself.
  @inline(__always)
  package mutating func wake(_ index: Int, by deadline: Instant) {
    guard deadline != .never else { return }
    let (whole, rest) = deadline.nanoseconds.quotientAndRemainder(dividingBy: TimerWheel.tick)
    let tick = max(rest == 0 ? whole : whole + 1, current)
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
      current = min(nextStep, end)
      cascade()
    }
    return nil
  }

  /// The next tick that matters: each where the lowest wheel holds anything, else the one at which a higher is spread.
  private var nextStep: UInt64 {
    for level in 0..<TimerWheel.levels where occupied[level] > 0 {
      return (current | (1 << UInt64(8 * level) - 1)) + 1
    }
    return .max
  }

  /// The earliest moment at which `nextExpired` may have something; `never` when nothing is set.
  package var nextDeadline: Instant {
    var earliest = Instant.never
    // A slot of a higher wheel may be due before anything in a lower one: it was far away when it was set.
    for level in 0..<TimerWheel.levels where occupied[level] > 0 {
      earliest = min(earliest, nextDeadline(on: level))
    }
    return earliest
  }

  /// When the next slot of a wheel that holds anything is due, or is spread over the wheel below.
  private func nextDeadline(on level: Int) -> Instant {
    let shift = UInt64(8 * level)
    let position = current >> shift
    // The slot of this moment was spread already; what it holds is due when the wheel has turned once.
    for ahead in UInt64(level == 0 ? 0 : 1)...UInt64(TimerWheel.slots) {
      let slot = Int(truncatingIfNeeded: position + ahead) & (TimerWheel.slots - 1)
      guard lists.first(of: level * TimerWheel.slots + slot) != nil else { continue }
      return Instant(nanoseconds: ((position + ahead) << shift) * TimerWheel.tick)
    }
    return .never
  }

  private mutating func enter(_ index: Int, _ tick: UInt64) {
    let tick = min(tick, current + (1 << 24) - 1)
    let distance = tick - current
    let level = distance < 1 << 8 ? 0 : distance < 1 << 16 ? 1 : 2
    let slot = Int(truncatingIfNeeded: tick >> UInt64(8 * level)) & (TimerWheel.slots - 1)
    while ticks.count <= index { ticks.append(0) }
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
