import TCP
package import Time
package import Wire

/// The way that frames take to a peer to which a connection is opened.
package enum NextHop: Equatable, Sendable {
  /// The peer is on our link; its hardware address is asked for.
  case direct
  /// A router on our link; its hardware address is asked for.
  case router(IPAddress)
  /// A hardware address that is known.
  case hardware(MACAddress)
}

/// OPEN, active (RFC 9293 §3.10.1).
extension Host {
  /// Begins to open a connection.
  ///
  /// The name is valid at once. When the peer has answered, `receive` returns an arrival with `isNew`, and text appended
  /// then rides on the last acknowledgment of the handshake. A failure is an ending like any other: `refused`,
  /// `unreachable` or `timedOut`. Until then a deadline can be set, and the connection can be aborted.
  /// - Parameters:
  ///   - from: our port, on the first of our addresses of the peer's version; without one, address and port are chosen.
  ///   - now: the time.
  /// - Returns: nil when there are too many connections, or no port is free.
  package mutating func open(
    to peer: IPAddress, port: UInt16, by way: NextHop = .direct, from localPort: UInt16? = nil, at now: Instant
  ) -> ConnectionID? {
    precondition(port != 0 && peer.isUnicast, "nobody can be there")
    precondition(configuration.addresses.count(peer.family) > 0, "we have no address of that version")
    guard openings.hasRoom, connections.hasRoom, let key = freeFlow(to: peer, port, localPort),
      let index = connections.reserve(key: key)
    else { return nil }
    if case .timeWait(let old) = reference(of: key) {
      timeWaits.remove(old)
      flows.remove(key, ifAt: .timeWait(old))
    }
    let block = Opening(iss: initialSequence(of: key, at: now), offer: configuration.offer(peer.family))
    let address: IPAddress
    var hardware: MACAddress?
    switch way {
    case .direct: address = peer
    case .router(let router): address = router
    case .hardware(let known): (address, hardware) = (peer, known)
    }
    hardware = hardware ?? neighbors.hardware(of: address, at: now)
    let place = openings.insert(.init(block: block, connection: index, nextHop: address, hardware: hardware))
    flows.insert(key, at: .opening(place))
    counters.openingsBegun += 1
    if hardware == nil { ask(place, now) } else { markReady(index) }
    return connections.id(of: index)
  }

  /// Connections that are being opened by us.
  package var openingCount: Int { openings.count }

  /// Our end of a new connection. The end of one in TIME-WAIT can be asked for: our numbers have moved on since
  /// (RFC 9293 §3.6.1).
  private mutating func freeFlow(to peer: IPAddress, _ port: UInt16, _ localPort: UInt16?) -> FlowKey? {
    guard let localPort else {
      var search = ports
      defer { ports = search }
      let count = configuration.addresses.count(peer.family)
      return search.next(to: peer, port: port, addressCount: count) { key in
        reference(of: key) == nil && key.localPort != configuration.port
      }
    }
    let key = FlowKey(peer: peer, peerPort: port, localPort: localPort)
    switch reference(of: key) {
    case nil, .timeWait: return localPort == 0 ? nil : key
    case .connection, .halfOpen, .opening: return nil
    }
  }

  /// Asks for the hardware address that an opening needs, and again in a second.
  private mutating func ask(_ place: Int, _ now: Instant) {
    guard var entry = openings[place] else { return }
    let key = connections.keys[entry.connection]
    ask(for: entry.nextHop, from: configuration.addresses.address(key.local, towards: key.peer))
    entry.questions += 1
    entry.nextQuestion = now + .seconds(1)
    openings[place] = entry
    wakeOpening(entry)
  }

  /// Where the connection of an index is being opened, if it is.
  private func opening(of index: Int) -> Int? {
    guard openings.count > 0, case .opening(let place) = reference(of: connections.keys[index]),
      openings[place]?.connection == index
    else { return nil }
    return place
  }

  /// Forgets that a connection is being opened.
  /// - Returns: whether it was.
  @inline(__always)
  @discardableResult
  mutating func forgetOpening(of index: Int) -> Bool {
    // A server opens none.
    openings.count > 0 && forgetOpening(amongOthers: index)
  }

  @inline(never)
  private mutating func forgetOpening(amongOthers index: Int) -> Bool {
    guard let place = opening(of: index) else { return false }
    openings.remove(place)
    flows.remove(connections.keys[index], ifAt: .opening(place))
    timers.cancel(index)
    ready.remove(index)
    return true
  }

  /// Queues the SYN of a connection that is being opened, if one is due.
  mutating func sendOpening(_ index: Int, _ now: Instant) -> Bool {
    guard let place = opening(of: index), var entry = openings[place], let hardware = entry.hardware,
      let segment = entry.block.nextSegment(at: now)
    else { return false }
    if entry.block.retransmissions > 0 { counters.retransmissions += 1 }
    openings[place] = entry
    wakeOpening(entry)
    send(segment, to: connections.keys[index], hardware)
    return true
  }

  /// Time has come for a connection that is being opened, or its application.
  mutating func fireOpening(_ index: Int, _ now: Instant) -> HostEvent? {
    guard let place = opening(of: index), var entry = openings[place] else { return nil }
    let id = connections.id(of: index)
    if entry.hardware == nil, entry.nextQuestion <= now {
      guard entry.questions < OpeningTable.Entry.mostQuestions else {
        end(index, .unreachable, now)
        return .ended(id, .unreachable)
      }
      ask(place, now)
    } else if entry.block.fire(at: now) {
      end(index, .timedOut, now)
      return .ended(id, .timedOut)
    } else {
      openings[place] = entry
      markReady(index)
    }
    let isDue = applicationDeadlineReached(index, now)
    if let entry = openings[place] { wakeOpening(entry) }
    return isDue ? .deadline(id) : nil
  }

  /// Sets the timer of a connection that is being opened.
  private mutating func wakeOpening(_ entry: OpeningTable.Entry) {
    let deadline = entry.hardware == nil ? entry.nextQuestion : entry.block.deadline
    timers.wake(entry.connection, by: min(deadline, connections.blocks[entry.connection].applicationDeadline))
  }
}
