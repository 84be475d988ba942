package import TCP
package import Time
package import Wire

/// What an application does with its connections. Names of connections that are gone trap: events announce every ending.
extension Host {
  /// Whether a name still names a connection.
  package func isValid(_ id: ConnectionID) -> Bool { connections.isValid(id) }

  /// A connection's block, to look at.
  package func connection(_ id: ConnectionID) -> Connection { connections.blocks[checked(id)] }

  /// How many runs can certainly be appended to a connection's queue.
  package func queueRoom(of id: ConnectionID) -> Int { connections.blocks[checked(id)].queue.room }

  /// Bytes of a connection's text that were appended and are not acknowledged.
  package func queuedCount(of id: ConnectionID) -> UInt64 { connections.blocks[checked(id)].queue.byteCount }

  /// Frames of a connection's text that were sent again.
  package func retransmissions(of id: ConnectionID) -> UInt32 { connections.blocks[checked(id)].retransmissions }

  /// Whether appending more text would let a connection send more: less waits than twice what the windows allow in flight,
  /// so that it never starves, and what a stopped peer has asked for stays on the disk.
  package func wantsText(_ id: ConnectionID) -> Bool { connections.blocks[checked(id)].wantsText }

  /// Bytes that both windows of a connection allow in flight, at least a segment.
  package func flightLimit(of id: ConnectionID) -> UInt64 { connections.blocks[checked(id)].flightLimit }

  /// The peer's address and port.
  package func peer(of id: ConnectionID) -> (address: IPAddress, port: UInt16) {
    let key = connections.keys[checked(id)]
    return (key.peer, key.peerPort)
  }

  /// Appends text to what a connection has to send.
  /// - Returns: false, with nothing appended, when there is no room or the connection does not take text any more.
  @inline(__always)
  package mutating func append(_ run: TextRun, to id: ConnectionID) -> Bool {
    let index = checked(id)
    markReady(index)
    return connections.blocks[index].append(run)
  }

  /// Says whether more text follows soon, so that a last partial segment waits for it.
  @inline(__always)
  package mutating func expectMoreText(_ isExpected: Bool, on id: ConnectionID) {
    let index = checked(id)
    connections.blocks[index].expectsMoreText = isExpected
    markReady(index)
  }

  /// Closes our side: the FIN rides on the last text. One that is still being opened is gone at once, like one that was
  /// aborted (RFC 9293 §3.10.4).
  package mutating func finish(_ id: ConnectionID, at now: Instant) {
    let index = checked(id)
    if forgetOpening(of: index) { return }
    if connections.blocks[index].finish(at: now) { orphan(index, now) }
    markReady(index)
  }

  /// Resets a connection, unless it has ended. It is to be removed then.
  package mutating func abort(_ id: ConnectionID, at now: Instant) {
    let index = checked(id)
    if forgetOpening(of: index) { return }
    guard !connections.blocks[index].hasEnded else { return }
    let reset = connections.blocks[index].abort()
    send(reset, to: connections.keys[index], connections.hardware[index])
    end(index, .closed, now)
  }

  /// Asks for a `deadline` event; `never` takes it back.
  @inline(__always)
  package mutating func setDeadline(_ deadline: Instant, on id: ConnectionID) {
    let index = checked(id)
    connections.blocks[index].applicationDeadline = deadline
    timers.wake(index, by: min(deadline, connections.blocks[index].nextDeadline))
  }

  /// When a connection's `deadline` event is due; `never` where none is asked for.
  package func deadline(of id: ConnectionID) -> Instant { connections.blocks[checked(id)].applicationDeadline }

  /// A source that a connection needs no more; nil when there is none for now.
  @inline(__always)
  package mutating func nextReleasedSource(of id: ConnectionID) -> TextSource? {
    connections.blocks[checked(id)].nextReleasedSource()
  }

  /// Gives up what an ended connection has not sent; its sources come out of `nextReleasedSource`.
  package mutating func abandonText(of id: ConnectionID) {
    connections.blocks[checked(id)].abandonText()
  }

  /// Forgets a connection that has ended.
  package mutating func remove(_ id: ConnectionID) {
    let index = checked(id)
    forgetOpening(of: index)
    flows.remove(connections.keys[index], ifAt: .connection(index))
    timers.cancel(index)
    ready.remove(index)
    orphans.remove(index)
    releaseBuffer(of: index)
    connections.blocks[index].forgetFlight(&ranges)
    connections.remove(index)
  }

  @inline(__always)
  func checked(_ id: ConnectionID) -> Int {
    precondition(connections.isValid(id), "the connection is gone")
    return id.index
  }
}
