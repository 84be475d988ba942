extension StaticString {
  /// The bytes of a text that is part of the program.
  @inlinable
  package var bytes: RawSpan {
    @_lifetime(immortal)
    get {
      let span = unsafe RawSpan(_unsafeStart: utf8Start, byteCount: utf8CodeUnitCount)
      return unsafe _overrideLifetime(span, borrowing: ())
    }
  }
}
