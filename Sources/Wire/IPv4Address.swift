/// A 32-bit Internet address (RFC 791).
package struct IPv4Address: Hashable, Sendable {
  /// The address as a number; the first byte on the wire is the highest.
  package let value: UInt32

  /// The address with this number.
  @inlinable
  package init(_ value: UInt32) {
    self.value = value
  }

  /// The address in the four bytes at `offset`; traps outside the span.
  @inlinable
  package init(_ bytes: RawSpan, at offset: Int) {
    self.init(bytes.uint32(at: offset))
  }

  /// Whether one host may be reached at this address: not 0/8, multicast, reserved or broadcast (RFC 1122 §3.2.1.3).
  @inlinable
  package var isUnicast: Bool { value >> 24 != 0 && value >> 28 < 0xE }
}
