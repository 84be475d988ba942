import Pack
import Wire

/// Which block makes room: S3-FIFO. A small queue takes what is new, a main queue what was asked for again, and a queue of
/// numbers alone remembers what has left the small one, so that its return goes to the main one. One scan of the whole
/// site passes through the small queue and leaves the main one alone. Requests for a block that follow close upon each other
/// are one, as in 2Q and LRU-K (O'Neil et al., "The LRU-K Page Replacement Algorithm", SIGMOD 1993, section 2.1.1).
extension BlockCache {
  /// A frame in no queue, emptied if need be; nil when every frame is held or on its way.
  ///
  /// A held block that is found is left out of the queues until it is not held any more, so that it is looked at once for
  /// each time it is held, however many others are.
  mutating func freeFrame() -> Int? {
    if let frame = queues.takeOldest(of: .free) { return frame }
    while let frame = takeCandidate() {
      if places[frame].isHeld { continue }
      if hasAnotherTurn(frame) {
        queues.append(frame, to: .main)
      } else {
        evict(frame)
        return frame
      }
    }
    return nil
  }

  /// Puts a block back where it can be evicted, if it was left out and is not held any more.
  mutating func makeEvictable(_ frame: Int) {
    guard !places[frame].isHeld, queues.queue(of: frame) == nil else { return }
    queues.append(frame, to: places[frame].queue)
  }

  /// The oldest frame of the small queue when that has more than a tenth of all frames, else of the main queue.
  private mutating func takeCandidate() -> Int? {
    let isSmallDue = queues.count(of: .small) * 10 > arena.frameCount
    let (first, second): (PlaceQueues.Queue, PlaceQueues.Queue) = isSmallDue ? (.small, .main) : (.main, .small)
    return queues.takeOldest(of: first) ?? queues.takeOldest(of: second)
  }

  /// Whether a block was asked for often enough to go to, or round in, the main queue, which costs it uses.
  private mutating func hasAnotherTurn(_ frame: Int) -> Bool {
    if places[frame].isMain {
      guard places[frame].uses > 0 else { return false }
      places[frame].uses -= 1
      return true
    }
    guard places[frame].uses > 1 else { return false }
    places[frame].isMain = true
    places[frame].uses = 0
    return true
  }

  private mutating func evict(_ frame: Int) {
    counters.evictions += 1
    counters.resident -= 1
    table.remove(places[frame].block)
    if !places[frame].isMain { ghosts.insert(places[frame].block) }
    places[frame] = Place()
  }
}
