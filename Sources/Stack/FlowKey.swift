package import Wire

/// What tells the segments of one connection from those of all others on this host: the peer, both ports, and which of
/// our addresses, which is of the same version as the peer's.
package struct FlowKey: Hashable, Sendable {
  /// The peer's address.
  package let peer: IPAddress
  /// Which of our addresses, and both ports, side by side; never zero, since port 0 is nobody's.
  package let bits: UInt64

  /// The flow between a peer and one of our ports.
  /// - Parameter local: which of our addresses, counted from the first of the peer's version.
  package init(peer: IPAddress, peerPort: UInt16, localPort: UInt16, local: UInt16 = 0) {
    self.peer = peer
    bits = UInt64(local) << 32 | UInt64(peerPort) << 16 | UInt64(localPort)
  }

  /// A flow as it stands in a table.
  init(peer: IPAddress, bits: UInt64) {
    (self.peer, self.bits) = (peer, bits)
  }

  /// Which of our addresses, counted from the first of the peer's version.
  package var local: UInt16 { UInt16(truncatingIfNeeded: bits >> 32) }
  /// The peer's port.
  package var peerPort: UInt16 { UInt16(truncatingIfNeeded: bits >> 16) }
  /// Our port.
  package var localPort: UInt16 { UInt16(truncatingIfNeeded: bits) }
  /// Both ports, the peer's in the high half.
  package var ports: UInt32 { UInt32(truncatingIfNeeded: bits) }
}
