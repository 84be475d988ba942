/// An IPv6 header (RFC 8200 §3). Extension headers are skipped when parsed and never written.
package struct IPv6Header: Equatable, Sendable {
  /// Bytes of a header without extensions.
  package static let byteCount = 40
  /// The most extension headers of a packet that are looked through before it is dropped (RFC 8504 §5.3 permits a limit).
  package static let mostExtensions = 8

  /// Explicit congestion notification, the low two bits of the traffic class (RFC 3168 §5).
  package var congestion: CongestionMark
  /// Differentiated services code point (RFC 2474), 0 to 63.
  package var serviceCode: UInt8
  /// Tells routers the packets of one flow (RFC 6437), 20 bits.
  package var flowLabel: UInt32
  /// Bytes behind the header, extensions included.
  package var payloadLength: UInt16
  /// What the payload behind all extensions is.
  package var payloadProtocol: IPProtocol
  /// Whether this is part of a packet only (RFC 8200 §4.5): the payload is then not to be looked at.
  package var isFragment: Bool
  /// How many more routers may forward the packet.
  package var hopLimit: UInt8
  /// Who sent the packet.
  package var source: IPv6Address
  /// Who it is for.
  package var destination: IPv6Address

  /// A header of a whole packet without extensions.
  @inlinable
  package init(
    payloadLength: UInt16, hopLimit: UInt8 = 64, payloadProtocol: IPProtocol, source: IPv6Address,
    destination: IPv6Address, congestion: CongestionMark = .notCapable
  ) {
    self.congestion = congestion
    self.serviceCode = 0
    self.flowLabel = 0
    self.payloadLength = payloadLength
    self.payloadProtocol = payloadProtocol
    self.isFragment = false
    self.hopLimit = hopLimit
    self.source = source
    self.destination = destination
  }
}
