/// What an Internet packet carries (IANA protocol numbers).
package struct IPProtocol: Hashable, Sendable {
  /// The number in the header.
  package let value: UInt8

  /// Internet Control Message Protocol.
  package static let icmp = IPProtocol(1)
  /// Transmission Control Protocol.
  package static let tcp = IPProtocol(6)
  /// User Datagram Protocol.
  package static let udp = IPProtocol(17)
  /// Internet Control Message Protocol of version 6.
  package static let icmpv6 = IPProtocol(58)
  /// Options of version 6 for every router on the way (RFC 8200 §4.3).
  package static let ipv6HopByHop = IPProtocol(0)
  /// A route of version 6 (RFC 8200 §4.4).
  package static let ipv6Route = IPProtocol(43)
  /// A fragment of version 6 (RFC 8200 §4.5).
  package static let ipv6Fragment = IPProtocol(44)
  /// Options of version 6 for the receiver (RFC 8200 §4.6).
  package static let ipv6Destination = IPProtocol(60)

  /// Whether this is no payload, but a header of version 6 before it.
  @inlinable
  package var isExtension: Bool {
    self == .ipv6HopByHop || self == .ipv6Route || self == .ipv6Fragment || self == .ipv6Destination
  }

  /// The protocol with this number.
  @inlinable
  package init(_ value: UInt8) {
    self.value = value
  }
}
