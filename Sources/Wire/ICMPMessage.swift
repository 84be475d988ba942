/// A control message (RFC 792) of the kinds a host answers or heeds. What follows it is the rest of the packet.
package enum ICMPMessage: Equatable, Sendable {
  /// Somebody asks whether we are there; what follows is to be sent back.
  case echoRequest(identifier: UInt16, sequence: UInt16)
  /// The answer to an echo request.
  case echoReply(identifier: UInt16, sequence: UInt16)
  /// A packet of ours did not arrive; what follows is its beginning.
  case unreachable(Unreachable)
  /// Anything else.
  case other(type: UInt8, code: UInt8)

  /// Why a packet could not be delivered.
  package enum Unreachable: Equatable, Sendable {
    /// It was too large for a link that takes at most `mtu` bytes; 0 from routers older than RFC 1191.
    case needsFragmentation(mtu: UInt16)
    /// Another reason, by its code.
    case code(UInt8)
  }

  /// Bytes of a message before what follows it.
  package static let byteCount = 8
}
