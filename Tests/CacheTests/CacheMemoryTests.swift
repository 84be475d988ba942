import Cache
import Pack
import Testing
import Wire

/// How much memory a cache takes.
struct CacheMemoryTests {
  @Test(arguments: [1 << 20, 4 << 20, 64 << 20, (64 << 20) + 12_345, 1 << 30, 64 << 30])
  func `A cache takes no more than it may have, and no frame less than it could`(byteCount: Int) {
    let frames = BlockCache.frames(within: byteCount)
    #expect(BlockCache.byteCount(frames: frames) <= byteCount)
    #expect(BlockCache.byteCount(frames: frames + 1) > byteCount)
    // What is known of a block takes less than a two hundredth of the block.
    #expect(frames * BlockGeometry.byteCount > byteCount - byteCount / 200 - 2 * BlockGeometry.byteCount)
  }

  @Test(arguments: [0, 1, 65_536, 4 * 65_536]) func `Four frames there are in any case`(byteCount: Int) {
    #expect(BlockCache.frames(within: byteCount) == 4)
  }

  @Test func `A cache tells what its blocks and its tables take`() {
    let cache = BlockCache(frames: 16, waiters: 100, identity: 1)
    let count = cache.byteCount
    #expect(count.arena == 16 * BlockGeometry.byteCount)
    #expect(count.arena + count.tables == BlockCache.byteCount(frames: 16, waiters: 100))
    #expect(count.tables > BlockCache.byteCount(frames: 16) - count.arena)
  }
}
