extension [UInt8] {
  /// The elements as raw bytes, as long as the array lives.
  var bytes: RawSpan {
    @_lifetime(borrow self)
    borrowing get { unsafe span.bytes }
  }
}
