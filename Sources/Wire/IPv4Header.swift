/// An IPv4 header (RFC 791 §3.1). Options are skipped when parsed and never written.
package struct IPv4Header: Equatable, Sendable {
  /// Bytes of a header without options.
  package static let byteCount = 20

  /// Explicit congestion notification, the low two bits of the traffic class (RFC 3168 §5).
  package var congestion: CongestionMark
  /// Differentiated services code point (RFC 2474), 0 to 63.
  package var serviceCode: UInt8
  /// Bytes of header and payload together.
  package var totalLength: UInt16
  /// Tells the fragments of one packet from those of another (RFC 6864).
  package var identification: UInt16
  /// Whether routers must not fragment the packet.
  package var dontFragment: Bool
  /// Where the payload lies in a packet that was fragmented; nil for a whole packet.
  package var fragment: Fragment?
  /// How many more routers may forward the packet.
  package var timeToLive: UInt8
  /// What the payload is.
  package var payloadProtocol: IPProtocol
  /// Who sent the packet.
  package var source: IPv4Address
  /// Who it is for.
  package var destination: IPv4Address

  /// A fragment's place: offset in units of eight bytes, 0 to 8,191, and whether more follow.
  package struct Fragment: Equatable, Sendable {
    /// Offset in units of eight bytes.
    package var offset: UInt16
    /// Whether this is not the last fragment.
    package var moreFollow: Bool

    /// A fragment at this place.
    package init(offset: UInt16, moreFollow: Bool) {
      self.offset = offset
      self.moreFollow = moreFollow
    }
  }

  /// A header of a whole packet that must not be fragmented.
  @inlinable
  package init(
    totalLength: UInt16, identification: UInt16 = 0, timeToLive: UInt8 = 64, payloadProtocol: IPProtocol,
    source: IPv4Address, destination: IPv4Address, congestion: CongestionMark = .notCapable
  ) {
    self.congestion = congestion
    self.serviceCode = 0
    self.totalLength = totalLength
    self.identification = identification
    self.dontFragment = true
    self.fragment = nil
    self.timeToLive = timeToLive
    self.payloadProtocol = payloadProtocol
    self.source = source
    self.destination = destination
  }
}

/// The congestion bits of an Internet header (RFC 3168 §5).
package enum CongestionMark: UInt8, Sendable {
  /// The transport does not speak ECN.
  case notCapable = 0
  /// ECN-capable, ECT(1).
  case capable1 = 1
  /// ECN-capable, ECT(0).
  case capable0 = 2
  /// A router met congestion.
  case experienced = 3

  /// The mark in the low two bits of a traffic class.
  @inlinable
  @inline(__always)
  package init(lowBitsOf service: UInt8) {
    switch service & 3 {
    case 0: self = .notCapable
    case 1: self = .capable1
    case 2: self = .capable0
    default: self = .experienced
    }
  }
}
