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

  /// The address in the six bytes at `offset`; traps outside the span.
  @inlinable
  @inline(__always)
  package init(_ bytes: RawSpan, at offset: Int) {
    self.init(UInt64(bytes.uint32(at: offset)) << 16 | UInt64(bytes.uint16(at: offset &+ 4)))
  }

  /// Writes the six bytes at `offset`; traps where they do not fit.
  @inlinable
  package func write(to bytes: inout MutableRawSpan, at offset: Int) {
    bytes.store(UInt32(truncatingIfNeeded: value >> 16), at: offset)
    bytes.store(UInt16(truncatingIfNeeded: value), at: offset &+ 4)
  }

  /// Whether this addresses a group rather than one station.
  @inlinable
  package var isMulticast: Bool { value >> 40 & 1 == 1 }

  /// Whether this addresses a group of hosts of IPv6 (RFC 2464 §7).
  @inlinable
  package var isIPv6Group: Bool { value >> 32 == 0x3333 }
}
