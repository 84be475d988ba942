/// A 48-bit hardware address (IEEE 802), kept in the low bits of a number.
package struct MACAddress: Hashable, Sendable {
  /// The address as a number; the first byte on the wire is the highest of the six.
  package let value: UInt64

  /// All stations on the link.
  package static let broadcast = MACAddress(0xFFFF_FFFF_FFFF)

  /// The address with this number; bits above the 48th are ignored.
  @inlinable
  package init(_ value: UInt64) {
    self.value = value & 0xFFFF_FFFF_FFFF
  }

  /// Whether this addresses a group rather than one station.
  @inlinable
  package var isMulticast: Bool { value >> 40 & 1 == 1 }
}
