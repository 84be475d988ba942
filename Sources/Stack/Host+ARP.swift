import TCP
import Time
import Wire

/// Who has which hardware address (RFC 826).
extension Host {
  /// Answers a question for one of our addresses, and takes in an answer to one of ours.
  mutating func receiveARP(_ packet: RawSpan, at now: Instant) throws(ParseError) {
    var rest = packet
    let packet = try ARPPacket(parsing: &rest)
    guard !packet.senderHardware.isMulticast else { throw .badFlags }
    neighbors.refresh(packet.senderHardware, of: packet.sender, at: now)
    guard configuration.local(packet.target) != nil else { return }
    switch packet.operation {
    case .request:
      sendARP(
        ARPPacket(
          operation: .reply, senderHardware: configuration.hardware, sender: packet.target,
          targetHardware: packet.senderHardware, target: packet.sender),
        to: packet.senderHardware)
    case .reply: resolve(packet.sender, to: packet.senderHardware, at: now)
    }
  }

  /// An answer that openings wait for; nobody else may tell us anything new.
  private mutating func resolve(_ address: IPv4Address, to hardware: MACAddress, at now: Instant) {
    guard openings.unresolved > 0 else { return }
    for place in openings.places {
      guard var entry = openings[place], entry.hardware == nil, entry.nextHop == address else { continue }
      entry.hardware = hardware
      openings[place] = entry
      openings.unresolved -= 1
      neighbors.learn(hardware, of: address, at: now)
      markReady(entry.connection)
    }
  }

  /// Asks everybody for a hardware address.
  mutating func askFor(_ address: IPv4Address, from local: UInt16) {
    sendARP(
      ARPPacket(
        operation: .request, senderHardware: configuration.hardware, sender: configuration.address(local),
        targetHardware: MACAddress(0), target: address),
      to: .broadcast)
  }

  /// Announces our addresses to everybody, so that nobody has to ask (RFC 5227 §3).
  package mutating func announce() {
    for local in 0..<configuration.addressCount { askFor(configuration.address(local), from: local) }
  }
}
