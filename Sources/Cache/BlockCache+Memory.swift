import Pack
import Wire

/// How much memory a cache takes.
extension BlockCache {
  /// The fewest frames of a cache: one answer may need an index block, a record and a body at once.
  package static let fewestFrames = 4

  /// Bytes that a cache of so many frames takes, with all that it knows of their blocks.
  /// - Parameter waiters: how many may wait: what is known of them is counted, too.
  package static func byteCount(frames: Int, waiters: Int = 0) -> Int {
    let places = frames + waiters
    return frames * BlockGeometry.byteCount + BlockTable.byteCount(capacity: places)
      + places * MemoryLayout<Place>.stride + PlaceQueues.byteCount(places: places)
      + GhostQueue.byteCount(capacity: frames) + WaiterLists.byteCount(waiters: waiters, places: places)
  }

  /// The most frames of a cache that takes no more than so many bytes; what is known of those who wait is memory of
  /// connections, and not counted.
  /// - Returns: 4 at least, whatever they take.
  package static func frames(within byteCount: Int) -> Int {
    var frames = byteCount / BlockGeometry.byteCount
    while frames > fewestFrames, BlockCache.byteCount(frames: frames) > byteCount { frames -= 1 }
    return max(frames, fewestFrames)
  }

  /// Bytes that the cache takes, those that its arena has and those of its tables.
  package var byteCount: (arena: Int, tables: Int) {
    let all = BlockCache.byteCount(frames: arena.frameCount, waiters: places.count - arena.frameCount)
    let blocks = arena.frameCount * BlockGeometry.byteCount
    return (blocks, all - blocks)
  }
}
