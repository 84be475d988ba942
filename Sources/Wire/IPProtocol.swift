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

  /// The protocol with this number.
  @inlinable
  package init(_ value: UInt8) {
    self.value = value
  }
}
