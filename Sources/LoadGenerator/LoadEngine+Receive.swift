import Stack
import TCP
package import Time
import Wire

/// What comes in: frames, and what time brings.
extension LoadEngine {
  /// How long no connection is opened after one could not be: a server that refuses is not to be flooded.
  static var pause: Interval { .milliseconds(10) }

  /// Takes in a frame.
  package mutating func receive(_ frame: RawSpan, isVouchedFor: Bool, at now: Instant) {
    guard let arrived = host.receive(frame, isVouchedFor: isVouchedFor, at: now) else { return }
    let id = arrived.connection
    if arrived.isNew { opened(id) }
    if arrived.arrival.acknowledgedCount > 0 { release(id) }
    switch arrived.reading {
    case .nothing: break
    case .frame: read(frame.extracting(arrived.arrival.text), of: id, at: now)
    case .buffer: readBuffered(id, at: now)
    }
    if arrived.arrival.isPeerFinished, host.isValid(id) { peerFinished(id, at: now) }
    if let ending = arrived.arrival.ending, host.isValid(id) { remove(id, LoadFailure(ending), at: now) }
  }

  /// Does what is due.
  package mutating func fire(at now: Instant) {
    while let event = host.nextExpired(at: now) {
      switch event {
      case .ended(let id, let ending): remove(id, LoadFailure(ending), at: now)
      case .deadline(let id): deadlineReached(id, at: now)
      }
    }
  }

  /// The server has taken a connection: what waits is sent with the last acknowledgment of the handshake.
  private mutating func opened(_ id: ConnectionID) {
    counters.connections += 1
    guard lines[id.index].phase == .opening else { return }
    lines[id.index].phase = .open
    if lines[id.index].count > 0 { send(Int(lines[id.index].oldest.number), on: id) } else { offer(id) }
  }

  /// The server has closed its side.
  private mutating func peerFinished(_ id: ConnectionID, at now: Instant) {
    if lines[id.index].count > 0 { fail(id, .closedEarly) }
    leave(id, at: now)
  }

  /// Looks whether the oldest request on a connection has waited too long, and when to look again.
  private mutating func deadlineReached(_ id: ConnectionID, at now: Instant) {
    let line = lines[id.index]
    switch line.phase {
    case .closed: break
    case .closing: giveUp(id, at: now)
    case .opening: giveUp(id, .connectionTimedOut, at: now)
    case .open:
      let limit = (line.count > 0 ? line.oldest.due : now) + plan.patience
      if limit <= now { giveUp(id, .answerTimedOut, at: now) } else { host.setDeadline(limit, on: id) }
    }
  }

  /// Closes our side; the rest of the connection is only waited for.
  mutating func leave(_ id: ConnectionID, at now: Instant) {
    if lines[id.index].phase == .opening || lines[id.index].phase == .open { lineCount -= 1 }
    guard lines[id.index].phase != .closing else { return host.finish(id, at: now) }
    lines[id.index].phase = .closing
    host.finish(id, at: now)
    host.setDeadline(now + plan.patience, on: id)
  }

  /// Resets a connection that is of no more use.
  mutating func giveUp(_ id: ConnectionID, _ failure: LoadFailure? = nil, at now: Instant) {
    if let failure { fail(id, failure) }
    host.abort(id, at: now)
    if host.isValid(id) { remove(id, nil, at: now) }
  }

  /// Counts every request on a connection as failed; at least one failure where it is the connection's own.
  private mutating func fail(_ id: ConnectionID, _ failure: LoadFailure) {
    let count = lines[id.index].count
    counters[failure] += UInt64(max(count, 1))
    pendingCount -= count
    for _ in 0..<count { lines[id.index].removeOldest() }
  }

  /// A connection is gone. That is a failure where something was awaited.
  private mutating func remove(_ id: ConnectionID, _ failure: LoadFailure?, at now: Instant) {
    let line = lines[id.index]
    if let failure, line.count > 0 || line.phase == .opening { fail(id, failure) }
    if line.phase == .opening || line.phase == .open { lineCount -= 1 }
    if line.phase == .opening { pauseEnd = now + LoadEngine.pause }
    lines[id.index].phase = .closed
    lines[id.index].id = nil
    openCount -= 1
    host.abandonText(of: id)
    release(id)
    host.remove(id)
  }

  /// Requests lie where they lay: nothing has to be done with those that have arrived.
  private mutating func release(_ id: ConnectionID) {
    while host.nextReleasedSource(of: id) != nil {}
  }
}
