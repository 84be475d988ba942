/// Memory for the headers of one frame, written anew for each: 128 bytes, enough for Ethernet, IPv6 and the longest TCP.
@safe
package struct HeaderBuffer: ~Copyable {
  /// Bytes there is room for.
  package static let capacity = 128

  @usableFromInline let start: UnsafeMutableRawPointer

  /// A buffer of zeros.
  package init() {
    unsafe start = .allocate(byteCount: HeaderBuffer.capacity, alignment: 16)
    unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: HeaderBuffer.capacity)
  }

  deinit {
    unsafe start.deallocate()
  }

  /// The first `count` bytes.
  @inlinable
  @_lifetime(borrow self)
  package borrowing func prefix(_ count: Int) -> RawSpan {
    precondition(count <= HeaderBuffer.capacity, "more than the buffer holds")
    let span = unsafe RawSpan(_unsafeStart: start, byteCount: count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// All bytes, for writing.
  @inlinable
  package var bytes: MutableRawSpan {
    @_lifetime(&self)
    mutating get {
      let span = unsafe MutableRawSpan(_unsafeStart: start, byteCount: HeaderBuffer.capacity)
      return unsafe _overrideLifetime(span, mutating: &self)
    }
  }
}
