package import Pack
package import Wire

/// Which blocks of a pack are in memory, which are on their way, and who waits for them.
///
/// The cache reads nothing itself: it names the reads to be done (`nextRead`) and takes their completion (`complete`). A
/// block that is pinned stays; of the others, those that were asked for once leave before those that are asked for again
/// (S3-FIFO: Yang et al., "FIFO Queues are All You Need for Cache Eviction", SOSP 2023). Nothing is allocated after the
/// start.
///
/// A turn of whoever owns a cache: `complete` what has been read; `nextReady` until it says nil, and let everybody it
/// names ask again; `nextRead` until it says nil. That order is the kindest, but any order is right.
package struct BlockCache: ~Copyable {
  /// The memory.
  package internal(set) var arena: BlockArena
  /// What the cache has done.
  package internal(set) var counters = CacheCounters()

  /// The packs whose blocks are here, by their slots; nil for a free one.
  var identities: [UInt64?]
  var table: BlockTable
  var places: Table<Place>
  var queues: PlaceQueues
  var ghosts: GhostQueue
  var waiters: WaiterLists
  var run = ReadRun()
  private let anchor = Anchor()

  /// An empty cache.
  /// - Parameters:
  ///   - frames: blocks it holds, at least 4.
  ///   - waiters: how many may wait; they are numbered from 0.
  ///   - identity: the pack that its blocks belong to, in the first slot.
  package init(frames: Int, waiters: Int, identity: UInt64) {
    precondition(frames >= BlockCache.fewestFrames, "an answer needs several blocks at once")
    precondition(waiters > 0, "somebody asks")
    arena = BlockArena(frames: frames)
    identities = [identity] + Array(repeating: nil, count: PackSlot.count - 1)
    table = BlockTable(capacity: frames + waiters)
    places = Table(repeating: Place(), count: frames + waiters)
    queues = PlaceQueues(frames: frames, waiters: waiters)
    ghosts = GhostQueue(capacity: frames)
    self.waiters = WaiterLists(waiters: waiters, places: frames + waiters)
  }

  /// Bytes that so many waiters take, beside frames and what is known of them, where there are no more frames than waiters.
  package static func byteCount(waiters: Int) -> Int {
    BlockTable.byteCount(capacity: 2 * waiters) + Table<Place>.byteCount(capacity: waiters)
      + PlaceQueues.byteCount(places: waiters) + WaiterLists.byteCount(waiters: waiters, places: waiters)
  }

  /// Whether a block is in memory, from a byte of it on.
  @inline(__always)
  package func isResident(_ block: BlockNumber, from offset: Int = 0) -> Bool {
    residentFrame(of: block).map { places[$0].first <= Sector(holding: offset) } ?? false
  }

  /// Keeps what is in memory of a block there until it is unpinned as often as it was pinned. Traps if nothing is.
  @inline(__always)
  package mutating func pin(_ block: BlockNumber) {
    let frame = frame(of: block)
    if places[frame].pins == 0 { counters.pinned += 1 }
    places[frame].pins += 1
  }

  /// Takes back one pin. Traps if there is none.
  @inline(__always)
  package mutating func unpin(_ block: BlockNumber) {
    let frame = frame(of: block)
    precondition(places[frame].pins > 0, "unpinned more often than pinned")
    places[frame].pins -= 1
    guard places[frame].pins == 0 else { return }
    counters.pinned -= 1
    makeEvictable(frame)
  }

  /// All bytes of a block that is in memory; traps if it is not. Before those that were asked for there may be anything.
  @inline(__always)
  @_lifetime(borrow self)
  package borrowing func bytes(of block: BlockNumber) -> RawSpan {
    arena.bytes(of: Frame(frame(of: block)))
  }

  /// The payload of a block that is in memory, 64,240 bytes; traps if it is not. Before what was asked for there may be anything.
  @inline(__always)
  @_lifetime(borrow self)
  package borrowing func payload(of block: BlockNumber) -> RawSpan {
    bytes(of: block).extracting(first: BlockGeometry.payloadCount)
  }

  /// The Internet sum of part of a payload, as if it stood alone, from the sums stored with the block.
  @inline(__always)
  package borrowing func sum(of range: Range<Int>, in block: BlockNumber) -> InternetChecksum {
    StoredSums.sum(of: range, in: bytes(of: block))
  }

  @inline(__always)
  private func frame(of block: BlockNumber) -> Int {
    guard let frame = residentFrame(of: block) else {
      preconditionFailure("the block is not in memory: pin it before")
    }
    return frame
  }

  @inline(__always)
  private func residentFrame(of block: BlockNumber) -> Int? {
    guard let place = table[block], !places[place].isReading else { return nil }
    return place
  }
}
