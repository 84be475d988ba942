import Pack

/// Which block makes room: S3-FIFO. A small queue takes what is new, a main queue what was asked for again, and a queue of
/// numbers alone remembers what has left the small one, so that its return goes to the main one. One scan of the whole
/// site passes through the small queue and leaves the main one alone.
extension BlockCache {
  /// A frame in no queue, emptied if need be; nil when every frame is pinned or on its way.
  mutating func freeFrame() -> Int? {
    if let frame = queues.oldest(of: .free) {
      queues.remove(frame)
      return frame
    }
    // Twice around both queues: a frame that was asked for often gives up one use a round.
    var attempts = 8 * arena.frameCount
    while attempts > 0 {
      attempts -= 1
      let isSmallDue = queues.count(of: .small) * 10 > arena.frameCount
      let queue: FrameQueues.Queue = isSmallDue || queues.count(of: .main) == 0 ? .small : .main
      let other: FrameQueues.Queue = queue == .small ? .main : .small
      guard let frame = queues.oldest(of: queue) ?? queues.oldest(of: other) else { return nil }
      queues.remove(frame)
      if let evicted = consider(frame, in: queue) { return evicted }
    }
    return nil
  }

  /// Evicts a frame that was the oldest of its queue, or gives it another turn.
  private mutating func consider(_ frame: Int, in queue: FrameQueues.Queue) -> Int? {
    guard frames[frame].pins == 0, !frames[frame].isReading else {
      queues.append(frame, to: .main)
      return nil
    }
    if frames[frame].uses > (queue == .small ? 1 : 0) {
      frames[frame].uses = queue == .small ? 0 : frames[frame].uses - 1
      queues.append(frame, to: .main)
      return nil
    }
    counters.evictions += 1
    let block = frames[frame].block
    table.remove(block)
    if queue == .small { ghosts.insert(block) }
    return frame
  }
}
