import Cache
import Pack
import TestKit
import Wire

/// A cache, and a disk that reads what it is asked to read.
struct CacheBench: ~Copyable {
  var cache: BlockCache
  var blocks = TestBlocks()

  /// An empty cache of so many frames.
  init(frames: Int, waiters: Int = 16) {
    cache = BlockCache(frames: frames, waiters: waiters, identity: TestBlocks.identity)
  }

  mutating func request(_ number: UInt32, from offset: Int = 0, by waiter: Int) -> Availability {
    cache.request(BlockNumber(number), from: offset, by: waiter)
  }

  mutating func pin(_ number: UInt32) { cache.pin(BlockNumber(number)) }

  mutating func unpin(_ number: UInt32) { cache.unpin(BlockNumber(number)) }

  func isResident(_ number: UInt32, from offset: Int = 0) -> Bool {
    cache.isResident(BlockNumber(number), from: offset)
  }

  /// Whether anything of a block is in memory.
  func isThere(_ number: UInt32) -> Bool { isResident(number, from: BlockGeometry.byteCount - 1) }

  /// The reads that are to be done now.
  mutating func reads() -> [BlockRead] {
    var reads: [BlockRead] = []
    while let read = cache.nextRead() { reads.append(read) }
    return reads
  }

  /// The numbers of the blocks that are to be read now.
  mutating func readNumbers() -> [UInt32] { reads().map(\.block.value) }

  /// Does a read as it should be.
  mutating func finish(_ read: BlockRead) -> PackError? {
    cache.fill(read, with: blocks.block(read.block.value).rawSpan)
    return cache.complete(read, isRead: true)
  }

  /// A read of which the device says that it failed.
  mutating func fail(_ read: BlockRead) -> PackError? { cache.complete(read, isRead: false) }

  /// Everybody who is to be woken.
  mutating func ready() -> [ReadyWaiter] {
    var ready: [ReadyWaiter] = []
    while let next = cache.nextReady() { ready.append(next) }
    return ready
  }

  /// Whom to wake, whatever with.
  mutating func readyWaiters() -> [Int] { ready().map(\.waiter) }

  /// Brings a block into memory on behalf of a waiter, as a server would.
  /// - Returns: whether it was there already.
  @discardableResult
  mutating func bring(_ number: UInt32, by waiter: Int = 0) -> Bool {
    guard request(number, by: waiter) == .awaited else { return true }
    for read in reads() { _ = finish(read) }
    _ = ready()
    _ = request(number, by: waiter)
    return false
  }

  /// Lets somebody else ask for another block so often that whoever asks again has come back.
  mutating func passTime() {
    bring(900)
    for _ in 0..<32 { _ = request(900, by: 15) }
  }

  /// Fills the cache with pinned blocks, numbered from 0.
  mutating func fillWithPinned() {
    for number in 0..<UInt32(cache.arena.frameCount) {
      bring(number)
      pin(number)
    }
  }

  /// The number that what is in memory of a block's payload begins and ends with; nil when they differ.
  func number(in block: UInt32) -> UInt32? {
    let payload = cache.payload(of: BlockNumber(block))
    let start = stride(from: 0, to: BlockGeometry.byteCount, by: Sector.byteCount).first { isResident(block, from: $0) }
    let first = payload.uint32(at: start ?? 0)
    return first == payload.uint32(at: BlockGeometry.payloadCount - 4) ? first : nil
  }
}
