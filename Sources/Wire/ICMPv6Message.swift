/// A control message of version 6 (RFC 4443, RFC 4861) of the kinds a host answers or heeds. What follows it is the rest of
/// the packet.
package enum ICMPv6Message: Equatable, Sendable {
  /// Somebody asks whether we are there; what follows is to be sent back.
  case echoRequest(identifier: UInt16, sequence: UInt16)
  /// The answer to an echo request.
  case echoReply(identifier: UInt16, sequence: UInt16)
  /// A packet of ours could not be delivered, by the reason's code; what follows is its beginning.
  case unreachable(code: UInt8)
  /// A packet of ours was too large for a link that takes at most `mtu` bytes; what follows is its beginning.
  case packetTooBig(mtu: UInt32)
  /// Who has which hardware address; nothing follows.
  case neighbor(NeighborMessage)
  /// Anything else.
  case other(type: UInt8, code: UInt8)

  /// Bytes of a message before what follows it, one about neighbors aside.
  package static let byteCount = 8
}

/// A question for, or an answer with, the hardware address of an address of version 6 (RFC 4861 §4.3, §4.4), on Ethernet.
package struct NeighborMessage: Equatable, Sendable {
  /// Bytes of the message with one hardware address.
  package static let byteCount = 32
  /// The hop limit that it must arrive with: no router has touched it (RFC 4861 §7.1).
  package static let hopLimit: UInt8 = 255

  /// What the message does.
  package enum Kind: Equatable, Sendable {
    /// Who has the target? With the asker's hardware address, unless it has no address yet.
    case solicitation
    /// The sender has the target, at its hardware address.
    /// - isSolicited: whether somebody had asked.
    /// - overrides: whether what is known of the target is to be forgotten.
    case advertisement(isSolicited: Bool, overrides: Bool)
  }

  /// Question or answer.
  package var kind: Kind
  /// The address that it is about.
  package var target: IPv6Address
  /// The hardware address of whoever sends it; nil where it does not say.
  package var hardware: MACAddress?

  /// A message with these fields.
  package init(_ kind: Kind, target: IPv6Address, hardware: MACAddress?) {
    self.kind = kind
    self.target = target
    self.hardware = hardware
  }
}
