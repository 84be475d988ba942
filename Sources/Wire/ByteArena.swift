/// A fixed region of memory, allocated once and used over and over: for headers, small frames, requests and heads.
@safe
package struct ByteArena: ~Copyable {
  /// Bytes in the region.
  package let byteCount: Int

  private let start: UnsafeMutableRawPointer

  /// A region of so many zeros, aligned to 64 bytes.
  package init(byteCount: Int) {
    precondition(byteCount > 0, "an arena holds something")
    self.byteCount = byteCount
    unsafe start = .allocate(byteCount: byteCount, alignment: 64)
    unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
  }

  /// A region of so many bytes, aligned to 64, that are not touched before they are written: what is not used of a large
  /// region takes no memory. What stands in a byte before it is written is anything.
  package init(untouched byteCount: Int) {
    precondition(byteCount > 0, "an arena holds something")
    self.byteCount = byteCount
    unsafe start = .allocate(byteCount: byteCount, alignment: 64)
  }

  deinit {
    unsafe start.deallocate()
  }

  /// The bytes from `offset` on, for reading; traps outside the region.
  @_lifetime(borrow self)
  package borrowing func bytes(at offset: Int, count: Int) -> RawSpan {
    precondition(offset >= 0 && count >= 0 && offset <= byteCount &- count, "outside the arena")
    let span = unsafe RawSpan(_unsafeStart: start + offset, byteCount: count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// The bytes from `offset` on, for writing; traps outside the region.
  @_lifetime(&self)
  package mutating func mutableBytes(at offset: Int, count: Int) -> MutableRawSpan {
    precondition(offset >= 0 && count >= 0 && offset <= byteCount &- count, "outside the arena")
    let span = unsafe MutableRawSpan(_unsafeStart: start + offset, byteCount: count)
    return unsafe _overrideLifetime(span, mutating: &self)
  }

  /// Copies all of `source` to `offset`; traps where it does not fit.
  package mutating func copy(_ source: RawSpan, to offset: Int) {
    var target = mutableBytes(at: offset, count: source.byteCount)
    target.copy(source, to: 0)
  }

  /// Copies all of an array to `offset`; traps where it does not fit.
  package mutating func copy(_ source: [UInt8], to offset: Int) {
    copy(unsafe source.span.bytes, to: offset)
  }

  /// Sets all bytes to zero.
  package mutating func clear() {
    unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
  }

  /// Moves bytes inside the region; the two places may overlap.
  package mutating func move(from source: Int, to target: Int, count: Int) {
    precondition(source >= 0 && target >= 0 && count >= 0, "outside the arena")
    precondition(max(source, target) <= byteCount &- count, "outside the arena")
    unsafe (start + target).copyMemory(from: start + source, byteCount: count)
  }
}
