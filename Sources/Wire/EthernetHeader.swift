/// The fourteen bytes before an Ethernet frame's payload (IEEE 802.3; RFC 894).
package struct EthernetHeader: Equatable, Sendable {
  /// Bytes of the header.
  package static let byteCount = 14

  /// The station the frame is for.
  package var destination: MACAddress
  /// The station that sent it.
  package var source: MACAddress
  /// What the payload is.
  package var type: EtherType

  /// A header with these fields.
  @inlinable
  package init(destination: MACAddress, source: MACAddress, type: EtherType) {
    self.destination = destination
    self.source = source
    self.type = type
  }

  /// Takes a header off the front of a frame.
  /// - Throws: `truncated`.
  @inlinable
  @inline(__always)
  @_lifetime(bytes: copy bytes)
  package init(parsing bytes: inout RawSpan) throws(ParseError) {
    let header = try bytes.take(EthernetHeader.byteCount)
    self.destination = MACAddress(header, at: 0)
    self.source = MACAddress(header, at: 6)
    self.type = EtherType(header.uint16(at: 12))
  }

  /// Writes the header at `offset`; traps where it does not fit.
  @inlinable
  @inline(__always)
  package func write(to bytes: inout MutableRawSpan, at offset: Int) {
    bytes.store(destination.value << 16 | source.value >> 32, at: offset)
    bytes.store(UInt32(truncatingIfNeeded: source.value), at: offset &+ 8)
    bytes.store(type.value, at: offset &+ 12)
  }
}
