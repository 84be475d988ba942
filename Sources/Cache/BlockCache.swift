package import Pack

/// Which blocks of a pack are in memory, which are on their way, and who waits for them.
///
/// The cache reads nothing itself: it names the reads to be done (`nextRead`) and takes their completion (`complete`). A
/// block that is pinned stays; of the others, those that were asked for once leave before those that are asked for again
/// (S3-FIFO: Yang et al., SOSP 2023). Nothing is allocated after the start.
package struct BlockCache: ~Copyable {
  /// The memory.
  package let arena: BlockArena
  /// What the cache has done.
  package internal(set) var counters = CacheCounters()

  let identity: UInt64
  var table: BlockTable
  var queues: FrameQueues
  var frames: [FrameState]
  var ghosts: GhostQueue
  var waiters: WaiterLists
  var reads: ReadQueue

  /// What is known of one frame.
  struct FrameState {
    var block = BlockNumber(.max)
    var pins: UInt32 = 0
    /// Requests since the block came, at most 3.
    var uses: UInt8 = 0
    var isReading = false
  }

  /// An empty cache.
  /// - Parameters:
  ///   - frames: blocks it holds, at least 4: one answer may need an index block, a record and a body at once.
  ///   - waiters: how many may wait; they are numbered from 0.
  ///   - identity: the pack its blocks must belong to.
  package init(frames count: Int, waiters: Int, identity: UInt64) {
    precondition(count >= 4, "an answer needs several blocks at once")
    arena = BlockArena(frames: count)
    self.identity = identity
    table = BlockTable(capacity: count)
    queues = FrameQueues(frames: count)
    frames = Array(repeating: FrameState(), count: count)
    ghosts = GhostQueue(capacity: count)
    self.waiters = WaiterLists(waiters: waiters, frames: count)
    reads = ReadQueue(capacity: count)
  }

  /// Blocks that are in memory or on their way.
  package var residentCount: Int { table.count }

  /// Whether a block is in memory.
  package func isResident(_ block: BlockNumber) -> Bool {
    guard let frame = table[block] else { return false }
    return !frames[frame].isReading
  }

  /// Keeps a block that is in memory there until it is unpinned as often as it was pinned.
  package mutating func pin(_ block: BlockNumber) {
    let frame = frame(of: block)
    if frames[frame].pins == 0 { counters.pinned += 1 }
    frames[frame].pins += 1
  }

  /// Takes back one pin.
  package mutating func unpin(_ block: BlockNumber) {
    let frame = frame(of: block)
    precondition(frames[frame].pins > 0, "unpinned more often than pinned")
    frames[frame].pins -= 1
    guard frames[frame].pins == 0 else { return }
    counters.pinned -= 1
    waiters.frameIsFree()
  }

  /// All bytes of a block that is in memory.
  @_lifetime(borrow self)
  package borrowing func bytes(of block: BlockNumber) -> RawSpan {
    arena.bytes(of: Frame(frame(of: block)))
  }

  func frame(of block: BlockNumber) -> Int {
    guard let frame = table[block], !frames[frame].isReading else {
      preconditionFailure("the block is not in memory: pin it before")
    }
    return frame
  }
}

/// What a cache has done since it was made.
package struct CacheCounters: Equatable, Sendable {
  /// Requests answered from memory.
  package var hits: UInt64 = 0
  /// Requests that began a read.
  package var misses: UInt64 = 0
  /// Requests that joined a read already under way.
  package var joined: UInt64 = 0
  /// Blocks read before anybody asked for them.
  package var prefetched: UInt64 = 0
  /// Blocks that made room for others.
  package var evictions: UInt64 = 0
  /// Reads that failed, or whose block was not what it should be.
  package var failures: UInt64 = 0
  /// Requests that found every frame pinned or on its way.
  package var exhausted: UInt64 = 0
  /// Blocks that are pinned now.
  package var pinned = 0

  /// All zero.
  package init() {}
}
