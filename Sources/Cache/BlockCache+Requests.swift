package import Pack
package import Wire

/// Whether a block can be had now.
package enum Availability: Equatable, Sendable {
  /// It is in memory, at least until the next request.
  case resident
  /// It is not; whoever asked comes out of `nextReady` when it pays to ask again, or when it cannot be had.
  case awaited
}

extension BlockCache {
  /// Asks for a block.
  /// - Parameter waiter: who is to be told when it is there. A waiter waits for one block at a time.
  package mutating func request(_ block: BlockNumber, by waiter: Int) -> Availability {
    if let frame = table[block] {
      frames[frame].uses = min(frames[frame].uses + 1, 3)
      guard frames[frame].isReading else {
        counters.hits += 1
        return .resident
      }
      counters.joined += 1
      waiters.wait(waiter, forFrame: frame)
      return .awaited
    }
    guard let frame = freeFrame() else {
      counters.exhausted += 1
      waiters.waitForAnyFrame(waiter)
      return .awaited
    }
    counters.misses += 1
    startReading(block, into: frame)
    waiters.wait(waiter, forFrame: frame)
    return .awaited
  }

  /// Reads a block before anybody asks for it, if there is a frame to spare.
  package mutating func prefetch(_ block: BlockNumber) {
    guard table[block] == nil, reads.inFlight * 2 < arena.frameCount, let frame = freeFrame() else { return }
    counters.prefetched += 1
    startReading(block, into: frame)
  }

  /// The next read to be done, or nil; to be asked until it says nil.
  package mutating func nextRead() -> BlockRead? { reads.next() }

  /// A read is done.
  /// - Parameter isRead: whether all bytes of the block are in the frame.
  /// - Returns: why the block cannot be used; nil when it can.
  package mutating func complete(_ read: BlockRead, isRead: Bool) -> PackError? {
    let frame = read.frame.number
    reads.complete()
    frames[frame].isReading = false
    var failure: PackError? = isRead ? nil : .truncated(expected: UInt64(BlockGeometry.byteCount), actual: 0)
    if isRead {
      do {
        _ = try BlockTrailer(verifying: arena.bytes(of: read.frame), as: read.block, of: identity)
      } catch {
        failure = error
      }
    }
    if failure != nil {
      counters.failures += 1
      table.remove(read.block)
      queues.remove(frame)
      queues.append(frame, to: .free)
    }
    waiters.frameIsDone(frame, failed: failure != nil)
    if failure != nil { waiters.frameIsFree() }
    return failure
  }

  /// Somebody who waited and should ask again; nil when there is nobody.
  package mutating func nextReady() -> ReadyWaiter? { waiters.nextReady() }

  /// Somebody does not wait any more.
  package mutating func cancel(waiter: Int) { waiters.cancel(waiter) }

  /// The payload of a block that is in memory.
  @_lifetime(borrow self)
  package borrowing func payload(of block: BlockNumber) -> RawSpan {
    bytes(of: block).extracting(first: BlockGeometry.payloadCount)
  }

  /// The Internet sum of part of a payload, as if it stood alone, from the sums stored with the block.
  package borrowing func sum(of range: Range<Int>, in block: BlockNumber) -> InternetChecksum {
    StoredSums.sum(of: range, in: bytes(of: block))
  }

  private mutating func startReading(_ block: BlockNumber, into frame: Int) {
    frames[frame] = FrameState(block: block, isReading: true)
    table.insert(block, frame)
    queues.append(frame, to: ghosts.remove(block) ? .main : .small)
    reads.append(BlockRead(block: block, frame: Frame(frame)))
  }
}
