import Cache
import Stack
import TCP
package import Time

/// What comes in: frames, and what time brings.
extension Engine {
  /// Takes in a frame.
  package mutating func receive(_ frame: RawSpan, isVouchedFor: Bool, at now: Instant) {
    guard let arrived = host.receive(frame, isVouchedFor: isVouchedFor, at: now) else {
      // It may have been a SYN for which there was no place; it comes once more.
      makePlace(beside: nil, at: now)
      return
    }
    let id = arrived.connection
    if arrived.isNew { open(id, at: now) }
    if arrived.arrival.acknowledgedCount > 0 {
      sessions[id].pace.acknowledged(arrived.arrival.acknowledgedCount)
      release(id)
      noteQuiet(id, at: now)
      if !log.isOff { noteArrived(arrived.arrival.acknowledgedCount, of: id, at: now) }
      if arrived.arrival.ending == nil {
        if !starved.isEmpty { wakeStarved(at: now) }
        advance(id, at: now)
        readNext(id, at: now)
      }
    }
    switch arrived.reading {
    case .nothing: break
    case .frame: read(frame.extracting(arrived.arrival.text), of: id, at: now)
    case .buffer: readBuffered(id, at: now)
    }
    if arrived.arrival.isPeerFinished, host.isValid(id) { peerFinished(id, at: now) }
    if arrived.arrival.ending != nil, host.isValid(id) { close(id, at: now) }
  }

  /// Does what is due.
  package mutating func fire(at now: Instant) {
    while let event = host.nextExpired(at: now) {
      switch event {
      case .ended(let id, _): close(id, at: now)
      case .deadline(let id): deadlineReached(id, at: now)
      }
    }
  }

  private mutating func open(_ id: ConnectionID, at now: Instant) {
    sessions.open(id)
    host.setDeadline(now + configuration.headerTimeout, on: id)
    makePlace(beside: id, at: now)
    if isDraining { finish(id, at: now) }
  }

  /// The peer has closed its side: what it asked for is still answered, then we close ours.
  private mutating func peerFinished(_ id: ConnectionID, at now: Instant) {
    sessions[id].isPeerFinished = true
    finishIfRead(id, at: now)
  }

  /// Closes our side when the peer has closed its own, and nothing whole is left of what it has asked for.
  mutating func finishIfRead(_ id: ConnectionID, at now: Instant) {
    guard sessions[id].isPeerFinished, sessions[id].phase == .reading,
      host.unreadCount(of: id) == 0 || sessions[id].hasPartialRequest
    else { return }
    finish(id, at: now)
  }

  /// Closes our side behind what has been appended.
  mutating func finish(_ id: ConnectionID, at now: Instant) {
    sessions[id].phase = .closing
    let isWatched = configuration.leastRate > 0 && host.queuedCount(of: id) > 0
    host.setDeadline(isWatched ? now + configuration.slownessTimeout : .never, on: id)
    host.finish(id, at: now)
  }

  /// Resets a connection.
  mutating func abort(_ id: ConnectionID, at now: Instant) {
    host.abort(id, at: now)
    close(id, at: now)
  }

  /// When all that was answered has arrived, the time it took is recorded. Answers that overlap count as one.
  @inline(__always)
  private mutating func noteQuiet(_ id: ConnectionID, at now: Instant) {
    let since = sessions[id].busySince
    guard since != .never, sessions[id].phase != .sending, host.queuedCount(of: id) == 0 else { return }
    latency.record(now.since(since))
    sessions[id].busySince = .never
  }

  /// A connection is gone: everything it held is given back.
  private mutating func close(_ id: ConnectionID, at now: Instant) {
    if !log.isOff { writeLastLines(of: id, at: now) }
    cache.cancel(waiter: id.index)
    if sessions[id].isStarved { starved.remove(id) }
    host.abandonText(of: id)
    release(id)
    forgetParts(of: id)
    sessions.close(id)
    host.remove(id)
    if !starved.isEmpty { wakeStarved(at: now) }
  }

  /// Unpins the blocks and frees the heads whose bytes have all arrived.
  @inline(__always)
  mutating func release(_ id: ConnectionID) {
    while let source = host.nextReleasedSource(of: id) {
      switch source.place {
      case .block(let block): cache.unpin(block)
      case .head(let place): heads.release(place)
      case .copy(let place): copies.release(place)
      }
    }
  }
}
