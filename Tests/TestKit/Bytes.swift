/// Bytes in tests are arrays; what is tested takes spans. The only `unsafe` in the tests stands here.
extension [UInt8] {
  /// The array's bytes, for as long as the array is not changed.
  package var rawSpan: RawSpan {
    @_lifetime(borrow self)
    borrowing get {
      // `Span.bytes` is unsafe because elements may have padding; those of one byte have none.
      unsafe span.bytes
    }
  }

  /// Lets `body` write the array's bytes in place.
  package mutating func withMutableRawSpan<Result, Failure: Error>(
    _ body: (inout MutableRawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var elements = mutableSpan
    var bytes = unsafe elements.mutableBytes
    return try body(&bytes)
  }

  /// An array of `count` bytes that begins as zeros and is then written by `body`.
  package init<Failure: Error>(
    count: Int, writing body: (inout MutableRawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    self.init(repeating: 0, count: count)
    try withMutableRawSpan(body)
  }
}
