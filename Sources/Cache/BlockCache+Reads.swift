package import Pack
import Wire

/// What is read, and what comes of it.
extension BlockCache {
  /// The most blocks that follow one another before a read that was asked for earlier.
  package static let longestRun = 32

  /// The next read to be done, or nil; to be asked until it says nil, whenever the cache was asked for something, blocks
  /// were unpinned or reads were completed.
  ///
  /// Blocks that lie one after the other on the disk come one after the other, so that they can be one read of the disk.
  package mutating func nextRead() -> BlockRead? {
    housePlaces()
    guard let frame = continuation() ?? beginning() else {
      run = ReadRun()
      return nil
    }
    return BlockRead(block: places[frame].block, frame: Frame(frame))
  }

  /// A frame whose block follows the one that was fetched last.
  private mutating func continuation() -> Int? {
    guard let next = run.next, run.count < BlockCache.longestRun, let frame = frameToRead(next) else { return nil }
    queues.remove(frame)
    run = ReadRun(next: next + 1, count: run.count + 1)
    return frame
  }

  /// A frame to begin a read with: that of the block that was asked for first, or of one before it on the disk from which
  /// one read leads to it.
  private mutating func beginning() -> Int? {
    guard var frame = queues.oldest(of: .wanted) ?? queues.oldest(of: .ahead) else { return nil }
    for _ in 1..<BlockCache.longestRun {
      let block = places[frame].block.value
      guard block > 0, let before = frameToRead(BlockNumber(block - 1)) else { break }
      frame = before
    }
    queues.remove(frame)
    run = ReadRun(next: places[frame].block + 1, count: 1)
    return frame
  }

  /// The frame of a block that is to be read and was not fetched.
  private func frameToRead(_ block: BlockNumber) -> Int? {
    guard let place = table[block] else { return nil }
    let queue = queues.queue(of: place)
    return queue == .wanted || queue == .ahead ? place : nil
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
      let identity = identities[PackSlot(of: read.block).number]
      _ = try BlockTrailer(verifying: arena.bytes(of: read.frame), as: PackSlot.own(read.block), of: identity)
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
    places[frame] = Place(block: block, isMain: ghosts.remove(block), isReading: true, lastUse: time)
    table.insert(block, at: frame)
    queues.append(frame, to: queue)
  }

  /// Gives frames to the blocks that wait for one, while there are any, in the order in which they came.
  private mutating func housePlaces() {
    while let place = queues.oldest(of: .homeless), let frame = freeFrame() {
      let (block, uses, isMain) = (places[place].block, places[place].uses, places[place].isMain)
      vacate(place)
      startReading(block, into: frame, queue: .wanted)
      places[frame].uses = uses
      places[frame].isMain = places[frame].isMain || isMain
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
