package import Pack
import Wire

/// What is read, and what comes of it.
extension BlockCache {
  /// The next read to be done, or nil; to be asked until it says nil, whenever the cache was asked for something, blocks
  /// were unpinned or reads were completed.
  package mutating func nextRead() -> BlockRead? {
    housePlaces()
    guard let frame = queues.takeOldest(of: .wanted) ?? queues.takeOldest(of: .ahead) else { return nil }
    return BlockRead(block: places[frame].block, frame: Frame(frame))
  }

  /// Puts the bytes of a block where a read wants them, for readers that have them in memory. Others write to the arena.
  package mutating func fill(_ read: BlockRead, with bytes: RawSpan) {
    precondition(isUnderWay(read), "no such read")
    var frame = arena.mutableBytes(of: read.frame)
    frame.copy(bytes, to: 0)
  }

  /// A read is done. All who wait for its block are to be woken.
  /// - Parameters:
  ///   - read: one that came out of `nextRead` and is not complete.
  ///   - isRead: whether all bytes of the block are in the frame. If not, that is `PackError.truncated`: nothing is there.
  /// - Returns: why the block cannot be used; nil when it can.
  package mutating func complete(_ read: BlockRead, isRead: Bool) -> PackError? {
    precondition(isUnderWay(read), "no such read")
    let frame = read.frame.number
    let failure = isRead ? verify(read) : .truncated(expected: UInt64(BlockGeometry.byteCount), actual: 0)
    while let waiter = waiters.first(at: frame) {
      waiters.wake(waiter, with: WaiterLists.News(block: read.block, frame: frame, failure: failure))
      if failure == nil { places[frame].promises += 1 }
    }
    if failure == nil {
      counters.resident += 1
      places[frame].isReading = false
      queues.append(frame, to: places[frame].queue)
    } else {
      counters.failures += 1
      table.remove(read.block)
      places[frame] = Place()
      queues.append(frame, to: .free)
    }
    return failure
  }

  private func verify(_ read: BlockRead) -> PackError? {
    do {
      _ = try BlockTrailer(verifying: arena.bytes(of: read.frame), as: read.block, of: identity)
      return nil
    } catch {
      return error
    }
  }

  /// Whether a read was fetched and is not complete.
  private func isUnderWay(_ read: BlockRead) -> Bool {
    guard table[read.block] == read.frame.number else { return false }
    return places[read.frame.number].isReading && queues.queue(of: read.frame.number) == nil
  }

  /// Whether less than half of the frames are on their way.
  var isQuiet: Bool {
    let inMemory = counters.resident + queues.count(of: .free)
    return (arena.frameCount - inMemory) * 2 < arena.frameCount
  }

  /// Begins to read a block that is nowhere.
  mutating func startReading(_ block: BlockNumber, into frame: Int, queue: PlaceQueues.Queue) {
    places[frame] = Place(block: block, isMain: ghosts.remove(block), isReading: true)
    table.insert(block, at: frame)
    queues.append(frame, to: queue)
  }

  /// Gives frames to the blocks that wait for one, while there are any, in the order in which they came.
  private mutating func housePlaces() {
    while let place = queues.oldest(of: .homeless), let frame = freeFrame() {
      let (block, uses) = (places[place].block, places[place].uses)
      vacate(place)
      startReading(block, into: frame, queue: .wanted)
      places[frame].uses = uses
      waiters.move(from: place, to: frame)
    }
  }

  /// The block of a place without memory does not wait for a frame any more.
  mutating func vacate(_ place: Int) {
    table.remove(places[place].block)
    queues.remove(place)
    queues.append(place, to: .vacant)
  }
}
