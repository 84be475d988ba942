package import Pack
import Wire

/// What is read, and what comes of it.
extension BlockCache {
  /// The most blocks that follow one another before a read that was asked for earlier.
  package static let longestRun = 32

  /// Whether `nextRead` may have something: a block waits to be read, or for a frame to be read into.
  package var hasReads: Bool {
    queues.count(of: .wanted) + queues.count(of: .ahead) + queues.count(of: .homeless) > 0
  }

  /// The next read to be done, or nil; to be asked until it says nil, whenever the cache was asked for something, blocks
  /// were unpinned or reads were completed.
  ///
  /// Blocks that lie one after the other on the disk come one after the other, so that they can be one read of the disk, of which
  /// only the first may be less than a whole block.
  package mutating func nextRead() -> BlockRead? {
    housePlaces()
    guard let frame = continuation() ?? beginning() else {
      run = ReadRun()
      return nil
    }
    return BlockRead(block: places[frame].block, frame: Frame(frame), bytes: places[frame].unread)
  }

  /// A frame whose block follows the one that was fetched last.
  private mutating func continuation() -> Int? {
    guard let next = run.next, run.count < BlockCache.longestRun, let frame = frameToRead(next), isWholeUnread(frame)
    else { return nil }
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
      guard block > 0, isWholeUnread(frame), let before = frameToRead(BlockNumber(block - 1)),
        places[before].isReading
      else { break }
      frame = before
    }
    queues.remove(frame)
    // Behind sectors before those that are in memory there is nothing to be read.
    run = places[frame].isReading ? ReadRun(next: places[frame].block + 1, count: 1) : ReadRun()
    return frame
  }

  /// Whether all of a block is to be read.
  private func isWholeUnread(_ frame: Int) -> Bool { places[frame].isReading && places[frame].first == .first }

  /// The frame of a block of which something is to be read and was not fetched.
  private func frameToRead(_ block: BlockNumber) -> Int? {
    guard let place = table[block] else { return nil }
    let queue = queues.queue(of: place)
    return queue == .wanted || queue == .ahead ? place : nil
  }

  /// Puts what a read wants of a block where it wants it, for readers that have all bytes of the block in memory. Others write to
  /// the arena.
  package mutating func fill(_ read: BlockRead, with bytes: RawSpan) {
    precondition(isUnderWay(read), "no such read")
    let unread = places[read.frame.number].unread
    var frame = arena.mutableBytes(of: read.frame)
    frame.copy(bytes.extracting(unread), to: unread.lowerBound)
  }

  /// A read is done. All who wait for its block are to be woken.
  /// - Parameters:
  ///   - read: one that came out of `nextRead` and is not complete.
  ///   - isRead: whether all bytes of the read are in the frame. If not, that is `PackError.truncated`: they are not there.
  /// - Returns: why the block cannot be used; nil when it can.
  package mutating func complete(_ read: BlockRead, isRead: Bool) -> PackError? {
    precondition(isUnderWay(read), "no such read")
    let frame = read.frame.number
    let failure = isRead ? verify(read) : .truncated(expected: UInt64(BlockGeometry.byteCount), actual: 0)
    while let waiter = waiters.first(at: frame) {
      waiters.wake(waiter, with: WaiterLists.News(block: read.block, frame: frame, failure: failure))
      if failure == nil { places[frame].promises += 1 }
    }
    if failure != nil { counters.failures += 1 }
    if let wanted = places[frame].wanted {
      if failure == nil { places[frame].first = wanted }
      places[frame].wanted = nil
      makeEvictable(frame)
    } else if failure == nil {
      counters.resident += 1
      places[frame].isReading = false
      queues.append(frame, to: places[frame].queue)
    } else {
      table.remove(read.block)
      places[frame] = Place()
      queues.append(frame, to: .free)
    }
    return failure
  }

  private func verify(_ read: BlockRead) -> PackError? {
    let (block, place) = (PackSlot.own(read.block), places[read.frame.number])
    let bytes = arena.bytes(of: read.frame)
    if let wanted = place.wanted {
      return SectorChecks.areRight(wanted..<place.first, in: bytes) ? nil : .corrupt(block)
    }
    do {
      _ = try BlockTrailer(
        verifying: bytes, from: place.first, as: block, of: identities[PackSlot(of: read.block).number])
      return nil
    } catch {
      return error
    }
  }

  /// Whether a read was fetched and is not complete.
  private func isUnderWay(_ read: BlockRead) -> Bool {
    guard table[read.block] == read.frame.number else { return false }
    return places[read.frame.number].isAwaited && queues.queue(of: read.frame.number) == nil
  }

  /// Whether less than half of the frames are on their way.
  var isQuiet: Bool {
    let inMemory = counters.resident + queues.count(of: .free)
    return (arena.frameCount - inMemory) * 2 < arena.frameCount
  }

  /// Begins to read a block that is nowhere.
  mutating func startReading(
    _ block: BlockNumber, from first: Sector, into frame: Int, queue: PlaceQueues.Queue
  ) {
    places[frame] = Place(block: block, isMain: ghosts.remove(block), isReading: true, first: first, lastUse: time)
    table.insert(block, at: frame)
    queues.append(frame, to: queue)
  }

  /// Gives frames to the blocks that wait for one, while there are any, in the order in which they came.
  private mutating func housePlaces() {
    while let place = queues.oldest(of: .homeless), let frame = freeFrame() {
      let homeless = places[place]
      vacate(place)
      startReading(homeless.block, from: homeless.first, into: frame, queue: .wanted)
      places[frame].uses = homeless.uses
      places[frame].isMain = places[frame].isMain || homeless.isMain
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
