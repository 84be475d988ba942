package import Wire

/// What tells the segments of one connection from those of all others on this host: the peer, both ports, and which of
/// our addresses.
package struct FlowKey: Hashable, Sendable {
  /// The peer's address and both ports side by side; never zero, since port 0 is nobody's.
  package let bits: UInt64
  /// Which of our addresses, counted from the first.
  package let local: UInt16

  /// The flow between a peer and one of our ports.
  package init(peer: IPv4Address, peerPort: UInt16, localPort: UInt16, local: UInt16 = 0) {
    bits = UInt64(peer.value) << 32 | UInt64(peerPort) << 16 | UInt64(localPort)
    self.local = local
  }

  /// A flow as it stands in a table.
  init(bits: UInt64, local: UInt16) {
    self.bits = bits
    self.local = local
  }

  /// The peer's address.
  package var peer: IPv4Address { IPv4Address(UInt32(truncatingIfNeeded: bits >> 32)) }
  /// The peer's port.
  package var peerPort: UInt16 { UInt16(truncatingIfNeeded: bits >> 16) }
  /// Our port.
  package var localPort: UInt16 { UInt16(truncatingIfNeeded: bits) }
}

/// What a flow has come to: in which table it is, and where.
enum FlowReference: Equatable {
  case connection(Int)
  case halfOpen(Int)
  case timeWait(Int)
  case opening(Int)

  /// The reference as a number: kind in the two highest bits.
  var bits: UInt32 {
    switch self {
    case .connection(let index): UInt32(index)
    case .halfOpen(let index): 1 << 30 | UInt32(index)
    case .timeWait(let index): 2 << 30 | UInt32(index)
    case .opening(let index): 3 << 30 | UInt32(index)
    }
  }

  /// The reference that a number stands for.
  init(bits: UInt32) {
    let index = Int(bits & 0x3FFF_FFFF)
    switch bits >> 30 {
    case 0: self = .connection(index)
    case 1: self = .halfOpen(index)
    case 2: self = .timeWait(index)
    default: self = .opening(index)
    }
  }
}
