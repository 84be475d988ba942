/// Reading integers in network byte order. The only place where headers touch raw memory; every access is checked.
extension RawSpan {
  /// The 8-bit number at `offset`; traps outside the span.
  @inlinable
  package func byte(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The big-endian 16-bit number at `offset`; traps outside the span.
  @inlinable
  package func uint16(at offset: Int) -> UInt16 {
    UInt16(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  /// The big-endian 32-bit number at `offset`; traps outside the span.
  @inlinable
  package func uint32(at offset: Int) -> UInt32 {
    UInt32(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// The big-endian 64-bit number at `offset`; traps outside the span.
  @inlinable
  package func uint64(at offset: Int) -> UInt64 {
    UInt64(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The little-endian 16-bit number at `offset`; traps outside the span.
  @inlinable
  package func littleEndianUInt16(at offset: Int) -> UInt16 {
    UInt16(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  /// The little-endian 32-bit number at `offset`; traps outside the span.
  @inlinable
  package func littleEndianUInt32(at offset: Int) -> UInt32 {
    UInt32(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// The little-endian 64-bit number at `offset`; traps outside the span.
  @inlinable
  package func littleEndianUInt64(at offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Takes `count` bytes off the front.
  /// - Throws: `ParseError.truncated` when there are fewer.
  @inlinable
  @inline(__always)
  @_lifetime(self: copy self)
  @_lifetime(copy self)
  package mutating func take(_ count: Int) throws(ParseError) -> RawSpan {
    guard count >= 0, count <= byteCount else { throw .truncated }
    let front = extracting(first: count)
    self = extracting(droppingFirst: count)
    return front
  }

  /// Whether both spans hold the same bytes.
  @inlinable
  package func elementsEqual(_ other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    guard byteCount >= 8 else {
      for offset in 0..<byteCount where byte(at: offset) != other.byte(at: offset) { return false }
      return true
    }
    var offset = 0
    while offset &+ 8 < byteCount {
      if littleEndianUInt64(at: offset) != other.littleEndianUInt64(at: offset) { return false }
      offset &+= 8
    }
    // The last eight, some of which were compared before.
    return littleEndianUInt64(at: byteCount &- 8) == other.littleEndianUInt64(at: byteCount &- 8)
  }
}
