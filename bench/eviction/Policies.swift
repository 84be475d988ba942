import Cache
import Pack
import TestKit
import Wire

/// How many requests of a trace are answered from memory, by rules of which block has to go.
enum Policies {
  /// The cache of the server itself, with real blocks.
  static func cheetah(_ trace: Trace, frames: Int, _ blocks: [[UInt8]]) -> Int {
    var cache = BlockCache(frames: frames, waiters: 1, identity: Blocks.identity)
    var hits = 0
    for request in trace.requests {
      let block = BlockNumber(request.block)
      if cache.request(block, by: 0, worth: request.worth) == .resident {
        hits += 1
        continue
      }
      while let read = cache.nextRead() {
        let block = blocks[Int(read.block.value)]
        cache.fill(read, with: block.rawSpan)
        precondition(cache.complete(read, isRead: true) == nil, "the blocks are right")
      }
      while cache.nextReady() != nil {}
      _ = cache.request(block, by: 0, worth: request.worth)
    }
    return hits
  }

  /// The block that was asked for longest ago.
  static func leastRecentlyUsed(_ trace: Trace, frames: Int) -> Int {
    replay(trace, frames: frames) { step, _ in step }
  }

  /// The block that has been there longest.
  static func firstInFirstOut(_ trace: Trace, frames: Int) -> Int {
    var arrivals: [UInt32: Int] = [:]
    return replay(trace, frames: frames) { step, isHit in
      let block = trace.requests[step].block
      if !isHit { arrivals[block] = step }
      return arrivals[block] ?? step
    }
  }

  /// The block that will be asked for last, which nobody can know: the best there can be (Belady, 1966).
  static func belady(_ trace: Trace, frames: Int) -> Int {
    var next = [Int](repeating: 0, count: trace.requests.count)
    var seen: [UInt32: Int] = [:]
    for step in trace.requests.indices.reversed() {
      let block = trace.requests[step].block
      next[step] = seen[block] ?? Int.max - Int(block)
      seen[block] = step
    }
    return replay(trace, frames: frames) { step, _ in -next[step] }
  }

  /// Replays a trace; of the blocks in memory the one with the least rank goes.
  /// - Parameter rank: the rank of the block asked for at a step, and whether it was there; no two blocks have the same.
  private static func replay(_ trace: Trace, frames: Int, rank: (Int, Bool) -> Int) -> Int {
    var ranks: [UInt32: Int] = [:]
    var queue = RankedBlocks()
    var hits = 0
    for (step, request) in trace.requests.enumerated() {
      let isHit = ranks[request.block] != nil
      if isHit { hits += 1 }
      if !isHit, ranks.count == frames {
        while let (block, least) = queue.popLeast() {
          guard ranks[block] == least else { continue }
          ranks[block] = nil
          break
        }
      }
      let value = rank(step, isHit)
      if ranks[request.block] != value { queue.insert(request.block, value) }
      ranks[request.block] = value
    }
    return hits
  }
}

/// A heap of blocks by rank. Old ranks of a block stay in it until they come out.
private struct RankedBlocks {
  private var heap: [(block: UInt32, rank: Int)] = []

  mutating func insert(_ block: UInt32, _ rank: Int) {
    heap.append((block, rank))
    var child = heap.count - 1
    while child > 0, heap[child].rank < heap[(child - 1) / 2].rank {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popLeast() -> (UInt32, Int)? {
    guard let least = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return (least.block, least.rank) }
    heap[0] = last
    var parent = 0
    while true {
      var smallest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].rank < heap[smallest].rank {
        smallest = child
      }
      if smallest == parent { return (least.block, least.rank) }
      heap.swapAt(parent, smallest)
      parent = smallest
    }
  }
}
