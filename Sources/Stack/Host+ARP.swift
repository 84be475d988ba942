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
    neighbors.refresh(packet.senderHardware, of: IPAddress(packet.sender), at: now)
    guard configuration.addresses.local(packet.target) != nil else { return }
    switch packet.operation {
    case .request:
      sendARP(
        ARPPacket(
          operation: .reply, senderHardware: configuration.hardware, sender: packet.target,
          targetHardware: packet.senderHardware, target: packet.sender),
        to: packet.senderHardware)
    case .reply: resolve(IPAddress(packet.sender), to: packet.senderHardware, at: now)
    }
  }

  /// Asks everybody for a hardware address.
  mutating func ask(for address: IPv4Address, from own: IPv4Address) {
    sendARP(
      ARPPacket(
        operation: .request, senderHardware: configuration.hardware, sender: own, targetHardware: MACAddress(0),
        target: address),
      to: .broadcast)
  }
}
