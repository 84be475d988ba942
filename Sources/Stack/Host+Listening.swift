import TCP
import Time
import Wire

/// Segments for flows that are not known.
extension Host {
  /// A SYN opens a flow (RFC 9293 §3.10.7.2), and so does the acknowledgment of a cookie; anything else is answered with
  /// a reset (§3.10.7.1), unless it comes to the port that is listened on and acknowledges nothing (§3.10.7.2, fourth).
  mutating func listen(
    _ segment: Segment, _ key: FlowKey, _ hardware: MACAddress, beyond: SequenceNumber?, text: RawSpan,
    _ textStart: Int, _ now: Instant
  ) -> HostArrival? {
    guard key.localPort == configuration.port, key.peerPort != 0 else {
      reset(segment, key, hardware, now)
      return nil
    }
    guard segment.header.acknowledgment == nil else {
      return acceptCookie(segment, key, hardware, text: text, textStart, now)
    }
    if segment.header.control == .syn { accept(segment, key, hardware, beyond: beyond, now) }
    return nil
  }

  /// Answers a SYN, and remembers it where there is a place.
  private mutating func accept(
    _ syn: Segment, _ key: FlowKey, _ hardware: MACAddress, beyond: SequenceNumber?, _ now: Instant
  ) {
    guard connections.hasRoom else {
      counters.synsDropped += 1
      return
    }
    guard hasShareLeft(key) else { return }
    guard halfOpens.hasRoom else {
      cookiesUntil = now + SYNCookies.lifetime * 2
      counters.cookiesSent += 1
      let answer = cookies.answer(
        syn, addresses: addresses(of: key), ports: key.ports, offer: configuration.offer(key.peer.family), at: now)
      send(answer, to: key, hardware)
      return
    }
    var iss = initialSequence(of: key, at: now)
    if let beyond, iss <= beyond { iss = beyond + 0x1_0000 }
    let half = HalfOpen(answering: syn, iss: iss, offer: configuration.offer(key.peer.family), at: now)
    guard let index = halfOpens.insert(.init(block: half, key: key, hardware: hardware)) else { return }
    flows.insert(key, at: .halfOpen(index))
    timers.wake(configuration.mostConnections + index, by: half.deadline)
    send(half.answer, to: key, hardware)
    dueAnswers.expectAsBefore(from: now)
  }

  /// The acknowledgment of a cookie opens a connection of which nothing was remembered; any other is reset.
  private mutating func acceptCookie(
    _ segment: Segment, _ key: FlowKey, _ hardware: MACAddress, text: RawSpan, _ textStart: Int, _ now: Instant
  ) -> HostArrival? {
    guard now < cookiesUntil, segment.header.control == .none || segment.header.control == .fin,
      let agreement = cookies.agreement(
        acknowledgedBy: segment, addresses: addresses(of: key), ports: key.ports,
        offer: configuration.offer(key.peer.family), at: now)
    else {
      reset(segment, key, hardware, now)
      return nil
    }
    guard hasShareLeft(key) else { return nil }
    let window = UInt32(segment.header.window) << UInt32(agreement.sendScale)
    var connection = Connection(agreement, window: window, at: now)
    configuration.apply(to: &connection)
    guard let place = connections.insert(connection, key: key, hardware: hardware) else {
      counters.synsDropped += 1
      return nil
    }
    flows.insert(key, at: .connection(place))
    counters.connectionsOpened += 1
    counters.cookiesAccepted += 1
    return arrive(segment, at: place, text: text, textStart, isNew: true, now)
  }

  /// Whether the peer's address may have another connection; counts that it may not.
  mutating func hasShareLeft(_ key: FlowKey) -> Bool {
    if connections.hasRoom(for: key.peer) { return true }
    counters.synsOverShare += 1
    return false
  }

  /// Answers a segment that belongs to nothing, as long as there are not too many of them.
  private mutating func reset(_ segment: Segment, _ key: FlowKey, _ hardware: MACAddress, _ now: Instant) {
    guard let reset = Reset.answering(segment) else { return }
    answer(reset, to: key, hardware, now)
  }

  /// Sends what a stranger, or a segment that may be a stranger's, has called for: within the limits.
  mutating func answer(_ segment: OutgoingSegment, to key: FlowKey, _ hardware: MACAddress, _ now: Instant) {
    let isAllowed: Bool
    switch segment.control {
    case .rst: isAllowed = resetLimit.take(at: now)
    case .none, .fin: isAllowed = leftoverLimit.take(at: now)
    case .syn: isAllowed = true
    }
    guard isAllowed else {
      counters.answersWithheld += 1
      return
    }
    send(segment, to: key, hardware)
  }

  /// ISS of a connection on a flow.
  func initialSequence(of key: FlowKey, at now: Instant) -> SequenceNumber {
    sequences.number(addresses: addresses(of: key), ports: key.ports, at: now)
  }

  /// Both addresses of a flow, folded to 64 bits: side by side in version 4, and by the secret in version 6.
  private func addresses(of key: FlowKey) -> UInt64 {
    let own = configuration.addresses.address(key.local, towards: key.peer).mapped
    let peer = key.peer.mapped
    guard key.peer.family == .ipv6 else { return own.low << 32 | peer.low & 0xFFFF_FFFF }
    let secret = configuration.secret
    return secret.hash(secret.hash(peer.high, peer.low), secret.hash(own.high, own.low))
  }
}
