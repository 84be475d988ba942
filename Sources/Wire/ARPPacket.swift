/// A question for, or an answer with, the hardware address of an Internet address (RFC 826), Ethernet and IPv4 only.
package struct ARPPacket: Equatable, Sendable {
  /// Bytes of the packet.
  package static let byteCount = 28

  /// What the packet does.
  package enum Operation: UInt16, Sendable {
    /// Who has the target's Internet address?
    case request = 1
    /// The sender has its Internet address at its hardware address.
    case reply = 2
  }

  /// Question or answer.
  package var operation: Operation
  /// Who sends this, at the hardware level.
  package var senderHardware: MACAddress
  /// Who sends this.
  package var sender: IPv4Address
  /// Who is meant, at the hardware level; anything in a request.
  package var targetHardware: MACAddress
  /// Who is meant.
  package var target: IPv4Address

  /// A packet with these fields.
  @inlinable
  package init(
    operation: Operation, senderHardware: MACAddress, sender: IPv4Address,
    targetHardware: MACAddress, target: IPv4Address
  ) {
    self.operation = operation
    self.senderHardware = senderHardware
    self.sender = sender
    self.targetHardware = targetHardware
    self.target = target
  }

  /// Takes a packet off the front.
  /// - Throws: `truncated`; `unsupported` for other address families, lengths or operations.
  @_lifetime(bytes: copy bytes)
  package init(parsing bytes: inout RawSpan) throws(ParseError) {
    let packet = try bytes.take(ARPPacket.byteCount)
    guard packet.uint16(at: 0) == 1, packet.uint16(at: 2) == EtherType.ipv4.value,
      packet.byte(at: 4) == 6, packet.byte(at: 5) == 4,
      let operation = Operation(rawValue: packet.uint16(at: 6))
    else { throw .unsupported }
    self.operation = operation
    self.senderHardware = MACAddress(packet, at: 8)
    self.sender = IPv4Address(packet, at: 14)
    self.targetHardware = MACAddress(packet, at: 18)
    self.target = IPv4Address(packet, at: 24)
  }

  /// Writes the packet at `offset`; traps where it does not fit.
  package func write(to bytes: inout MutableRawSpan, at offset: Int) {
    bytes.store(1 as UInt16, at: offset)
    bytes.store(EtherType.ipv4.value, at: offset + 2)
    bytes.store(0x0604 as UInt16, at: offset + 4)
    bytes.store(operation.rawValue, at: offset + 6)
    senderHardware.write(to: &bytes, at: offset + 8)
    bytes.store(sender.value, at: offset + 14)
    targetHardware.write(to: &bytes, at: offset + 18)
    bytes.store(target.value, at: offset + 24)
  }
}
