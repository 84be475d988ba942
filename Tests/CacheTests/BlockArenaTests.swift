import Cache
import Pack
import Testing
import Wire

/// The memory of the cache.
struct BlockArenaTests {
  @Test(arguments: [1, 2, 7, 64])
  func `Frames begin where a read past the page cache may begin`(frames: Int) {
    let arena = BlockArena(frames: frames)
    #expect(arena.alignment >= BlockGeometry.byteCount)
    #expect(arena.frameCount == frames)
    // From 2 MiB on it begins with a large page of the processor's.
    #expect(frames < 32 || arena.alignment >= 2 << 20)
  }

  @Test func `A frame is a whole block, and nobody else's`() {
    var arena = BlockArena(frames: 5)
    for frame in 0..<5 {
      var bytes = arena.mutableBytes(of: Frame(frame))
      for offset in stride(from: 0, to: BlockGeometry.byteCount, by: 4) { bytes.store(UInt32(frame), at: offset) }
    }
    for frame in 0..<5 {
      let bytes = arena.bytes(of: Frame(frame))
      let count = bytes.byteCount
      let differing = stride(from: 0, to: count, by: 4).count { bytes.uint32(at: $0) != UInt32(frame) }
      #expect(count == BlockGeometry.byteCount)
      #expect(differing == 0)
    }
  }

  @Test func `There is no frame beyond the last, and none before the first`() async {
    await #expect(processExitsWith: .failure) {
      let arena = BlockArena(frames: 2)
      _ = arena.bytes(of: Frame(2)).byteCount
    }
    await #expect(processExitsWith: .failure) {
      let arena = BlockArena(frames: 2)
      _ = arena.bytes(of: Frame(-1)).byteCount
    }
  }
}
