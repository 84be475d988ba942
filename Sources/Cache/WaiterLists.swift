/// Somebody who waited for a block.
package struct ReadyWaiter: Equatable, Sendable {
  /// Who.
  package let waiter: Int
  /// Whether the block cannot be had. If it can, asking again finds it, or waits once more when it has gone already.
  package let isFailed: Bool
}

/// Who waits for which frame, who waits for any frame at all, and who is to be woken: queues in which every waiter stands
/// once at most. Nothing is allocated after the start.
struct WaiterLists {
  private static let none = UInt32.max
  private var next: [UInt32]
  private var previous: [UInt32]
  private var owners: [UInt32]
  private var failed: [Bool]
  private var heads: [UInt32]
  private var tails: [UInt32]
  private let anyFrame: Int
  private let ready: Int

  /// Queues for waiters and frames of these numbers.
  init(waiters: Int, frames: Int) {
    next = Array(repeating: WaiterLists.none, count: waiters)
    previous = Array(repeating: WaiterLists.none, count: waiters)
    owners = Array(repeating: WaiterLists.none, count: waiters)
    failed = Array(repeating: false, count: waiters)
    heads = Array(repeating: WaiterLists.none, count: frames + 2)
    tails = Array(repeating: WaiterLists.none, count: frames + 2)
    anyFrame = frames
    ready = frames + 1
  }

  /// Waits for the read into a frame.
  mutating func wait(_ waiter: Int, forFrame frame: Int) {
    cancel(waiter)
    append(waiter, to: frame)
  }

  /// Waits for a frame that can be used.
  mutating func waitForAnyFrame(_ waiter: Int) {
    cancel(waiter)
    append(waiter, to: anyFrame)
  }

  /// The read into a frame is done: all who wait for it are to be woken.
  mutating func frameIsDone(_ frame: Int, failed isFailed: Bool) {
    while heads[frame] != WaiterLists.none {
      let waiter = Int(heads[frame])
      remove(waiter)
      failed[waiter] = isFailed
      append(waiter, to: ready)
    }
    // The block can be evicted now, unless somebody pins it.
    frameIsFree()
  }

  /// A frame can be used: the first who waits for one is to be woken.
  mutating func frameIsFree() {
    guard heads[anyFrame] != WaiterLists.none else { return }
    let waiter = Int(heads[anyFrame])
    remove(waiter)
    failed[waiter] = false
    append(waiter, to: ready)
  }

  /// The next to be woken.
  mutating func nextReady() -> ReadyWaiter? {
    guard heads[ready] != WaiterLists.none else { return nil }
    let waiter = Int(heads[ready])
    remove(waiter)
    return ReadyWaiter(waiter: waiter, isFailed: failed[waiter])
  }

  /// Does not wait any more.
  mutating func cancel(_ waiter: Int) {
    if owners[waiter] != WaiterLists.none { remove(waiter) }
  }

  private mutating func append(_ waiter: Int, to list: Int) {
    let last = tails[list]
    previous[waiter] = last
    next[waiter] = WaiterLists.none
    if last == WaiterLists.none { heads[list] = UInt32(waiter) } else { next[Int(last)] = UInt32(waiter) }
    tails[list] = UInt32(waiter)
    owners[waiter] = UInt32(list)
  }

  private mutating func remove(_ waiter: Int) {
    let list = Int(owners[waiter])
    let (before, after) = (previous[waiter], next[waiter])
    if before == WaiterLists.none { heads[list] = after } else { next[Int(before)] = after }
    if after == WaiterLists.none { tails[list] = before } else { previous[Int(after)] = before }
    owners[waiter] = WaiterLists.none
  }
}
