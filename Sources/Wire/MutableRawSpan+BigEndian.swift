/// Writing integers in network byte order into memory that is already there.
extension MutableRawSpan {
  /// Stores an 8-bit number at `offset`; traps outside the span.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func store(_ value: UInt8, at offset: Int) {
    storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
  }

  /// Stores a 16-bit number big-endian at `offset`; traps outside the span.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func store(_ value: UInt16, at offset: Int) {
    storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt16.self)
  }

  /// Stores a 32-bit number big-endian at `offset`; traps outside the span.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func store(_ value: UInt32, at offset: Int) {
    storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt32.self)
  }

  /// Stores a 64-bit number big-endian at `offset`; traps outside the span.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func store(_ value: UInt64, at offset: Int) {
    storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt64.self)
  }

  /// Stores a 16-bit number little-endian at `offset`; traps outside the span.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func storeLittleEndian(_ value: UInt16, at offset: Int) {
    storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt16.self)
  }

  /// Stores a 32-bit number little-endian at `offset`; traps outside the span.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func storeLittleEndian(_ value: UInt32, at offset: Int) {
    storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
  }

  /// Stores a 64-bit number little-endian at `offset`; traps outside the span.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func storeLittleEndian(_ value: UInt64, at offset: Int) {
    storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt64.self)
  }

  /// Copies all of `source` to `offset`; traps where it does not fit.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func copy(_ source: RawSpan, to offset: Int) {
    precondition(offset >= 0 && source.byteCount <= byteCount &- offset, "copy outside the span")
    unsafe withUnsafeMutableBytes { target in
      unsafe source.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress, let start = target.baseAddress else { return }
        unsafe (start + offset).copyMemory(from: base, byteCount: bytes.count)
      }
    }
  }
}
