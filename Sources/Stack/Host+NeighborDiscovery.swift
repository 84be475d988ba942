import TCP
import Time
import Wire

/// Who has which hardware address, in version 6 (RFC 4861 §7.2).
extension Host {
  /// Answers a question for one of our addresses, and takes in an answer to one of ours.
  mutating func receive(
    _ message: NeighborMessage, from ip: IPv6Header, _ station: MACAddress, at now: Instant
  ) throws(ParseError) {
    // A router would have lowered the limit: who is not on our link has no say (RFC 4861 §7.1).
    guard ip.hopLimit == NeighborMessage.hopLimit, message.target.isUnicast else { throw .badFlags }
    guard message.hardware?.isMulticast != true else { throw .badFlags }
    switch message.kind {
    case .solicitation:
      guard configuration.addresses.local(message.target) != nil else { return }
      guard ip.source != .unspecified else { return advertise(message.target) }
      let hardware = message.hardware ?? station
      neighbors.refresh(hardware, of: IPAddress(ip.source), at: now)
      send(.advertisement(isSolicited: true, overrides: true), of: message.target, to: ip.source, hardware)
    case .advertisement:
      guard let hardware = message.hardware else { return }
      neighbors.refresh(hardware, of: IPAddress(message.target), at: now)
      resolve(IPAddress(message.target), to: hardware, at: now)
    }
  }

  /// Tells everybody on the link who has one of our addresses: to announce it, and when somebody without an address of his
  /// own asks whether this one is free (RFC 4862 §5.4.3).
  mutating func advertise(_ own: IPv6Address) {
    send(
      .advertisement(isSolicited: false, overrides: true), of: own, to: .allNodes,
      IPv6Address.allNodes.groupHardware)
  }

  /// Asks those whose address ends alike for a hardware address.
  mutating func ask(for address: IPv6Address, from own: IPv6Address) {
    let group = address.solicitedNode
    let question = NeighborMessage(.solicitation, target: address, hardware: configuration.hardware)
    send(.neighbor(question), from: own, to: group, group.groupHardware, hopLimit: NeighborMessage.hopLimit)
  }

  private mutating func send(
    _ kind: NeighborMessage.Kind, of own: IPv6Address, to address: IPv6Address, _ hardware: MACAddress
  ) {
    let message = NeighborMessage(kind, target: own, hardware: configuration.hardware)
    send(.neighbor(message), from: own, to: address, hardware, hopLimit: NeighborMessage.hopLimit)
  }
}
