/// What an Ethernet frame carries (IEEE 802 numbers).
package struct EtherType: Hashable, Sendable {
  /// The number in the frame.
  package let value: UInt16

  /// Internet Protocol version 4.
  package static let ipv4 = EtherType(0x0800)
  /// Address Resolution Protocol.
  package static let arp = EtherType(0x0806)
  /// Internet Protocol version 6.
  package static let ipv6 = EtherType(0x86DD)

  /// The type with this number.
  @inlinable
  package init(_ value: UInt16) {
    self.value = value
  }
}
