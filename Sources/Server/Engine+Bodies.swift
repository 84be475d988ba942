package import Cache
import HTTP
package import Pack
import Stack
import TCP
package import Time

/// Bodies, and what waits for blocks.
extension Engine {
  /// Appends what the connection can use of the body that is being sent, block by block as they are in memory.
  mutating func advance(_ id: ConnectionID, at now: Instant) {
    guard sessions[id].phase == .sending else { return }
    while true {
      guard appendBody(to: id, at: now) else { return }
      guard let parts = sessions[id].parts else { break }
      guard beginPart(of: parts, on: id) else { return }
    }
    complete(id, at: now)
  }

  /// Appends what the connection can use of the body, or of the part of it that is being sent.
  /// - Returns: whether all of it is appended.
  @inline(__always)
  private mutating func appendBody(to id: ConnectionID, at now: Instant) -> Bool {
    while sessions[id].body.remaining > 0 {
      guard host.queueRoom(of: id) > 0, host.wantsText(id), hasShare(id) else {
        host.expectMoreText(sessions[id].parts == nil, on: id)
        return false
      }
      let body = sessions[id].body
      guard has(body.block, from: body.offset, for: id) else {
        expectBlock(id)
        prefetchGroup(of: id, for: body.block)
        readAhead(id)
        return false
      }
      beginPace(of: id, at: now)
      guard append(body, to: id) else { return false }
      counters.bodyBytes += UInt64(body.countInBlock)
      sessions[id].body.nextBlock()
      readAhead(id)
    }
    return true
  }

  /// Appends what of a body lies in its first block, which is in memory.
  @inline(__always)
  private mutating func append(_ body: BodyCursor, to id: ConnectionID) -> Bool {
    guard configuration.mostCopies == 0 else { return appendCopy(of: body, to: id) }
    let run = TextRun(
      source: TextSource(body.block), offset: UInt32(body.offset), stride: UInt32(BlockGeometry.payloadCount),
      length: UInt64(body.countInBlock))
    guard host.append(run, to: id) else { return false }
    cache.pin(body.block)
    return true
  }

  /// Appends a copy instead. Where there is no place for it the session looks again when one is free.
  private mutating func appendCopy(of body: BodyCursor, to id: ConnectionID) -> Bool {
    let count = body.countInBlock
    let range = body.offset..<(body.offset + count)
    guard let place = copyText(range, of: body.block, in: cache, to: &copies) else {
      host.expectMoreText(false, on: id)
      starve(id)
      return false
    }
    let run = TextRun(source: TextSource(copy: place), offset: 0, stride: UInt32(count), length: UInt64(count))
    guard host.append(run, to: id) else {
      copies.release(place)
      return false
    }
    return true
  }

  /// Lets a last partial segment wait for the block that is on its way. When the block has to wait for others to be
  /// acknowledged, nothing waits for it: else all frames could be held by what is too short to be sent.
  mutating func expectBlock(_ id: ConnectionID) {
    host.expectMoreText(!cache.waitsForFrame(id.index), on: id)
  }

  /// The whole response is appended.
  @inline(__always)
  private mutating func complete(_ id: ConnectionID, at now: Instant) {
    host.expectMoreText(false, on: id)
    if !log.isOff { endNote(of: id) }
    guard sessions[id].keepsAlive, !sessions[id].isPeerFinished || host.unreadCount(of: id) > 0, !isDraining else {
      finish(id, at: now)
      return
    }
    sessions[id].phase = .reading
    host.setDeadline(now + configuration.idleTimeout, on: id)
  }

  /// A read that is to be done; nil when there is none. To be asked until it says nil.
  package mutating func nextRead() -> BlockRead? { cache.nextRead() }

  /// Whether there may be one.
  package var hasReads: Bool { cache.hasReads }

  /// A read is done, and whoever waited for it goes on.
  /// - Returns: why the block cannot be used; nil when it can.
  package mutating func complete(_ read: BlockRead, isRead: Bool, at now: Instant) -> PackError? {
    let failure = cache.complete(read, isRead: isRead)
    if !configuration.servesSockets { wakeWaiters(at: now) }
    return failure
  }

  /// Lets everybody look again whose block, or whose place for a head, may be there now.
  mutating func wakeWaiters(at now: Instant) {
    while let ready = cache.nextReady() {
      guard let id = sessions.connection(ready.waiter) else { continue }
      if ready.isFailed { blockFailed(id, at: now) } else { resume(id, at: now) }
    }
    wakeStarved(at: now)
  }

  /// A session found no place for a head or a copy.
  mutating func starve(_ id: ConnectionID) {
    guard !sessions[id].isStarved else { return }
    sessions[id].isStarved = true
    starved.append(id)
  }

  /// Lets those look again who found no place for a head or a copy, as long as there is one.
  mutating func wakeStarved(at now: Instant) {
    while heads.available > 0, configuration.mostCopies == 0 || copies.available > 0, let id = starved.popFirst() {
      sessions[id].isStarved = false
      resume(id, at: now)
    }
  }

  private mutating func resume(_ id: ConnectionID, at now: Instant) {
    switch sessions[id].phase {
    case .waiting:
      sessions[id].phase = .reading
      host.setDeadline(now + configuration.headerTimeout, on: id)
      readBuffered(id, at: now)
    case .sending:
      advance(id, at: now)
      readNext(id, at: now)
    case .closed, .reading, .closing: break
    }
  }

  /// Goes on with requests that came while a response was being sent.
  @inline(__always)
  mutating func readNext(_ id: ConnectionID, at now: Instant) {
    guard sessions[id].phase == .reading, host.hasBufferedText(id) else { return }
    readBuffered(id, at: now)
  }

  /// A block cannot be had: before the head is sent that is a 500, behind it only a close that is none.
  private mutating func blockFailed(_ id: ConnectionID, at now: Instant) {
    switch sessions[id].phase {
    case .waiting: refuse(.internalServerError, on: id, at: now)
    case .sending:
      counters.truncatedBodies += 1
      abort(id, at: now)
    case .closed, .reading, .closing: break
    }
  }
}

/// Copies part of the payload of a block, which is in memory, to a send buffer.
private func copyText(
  _ range: Range<Int>, of block: BlockNumber, in cache: borrowing BlockCache, to copies: inout CopyPool
) -> Int? {
  copies.store(cache.payload(of: block).extracting(range))
}
