import Wire

/// The elements of a comma-separated field value, trimmed, empty ones skipped (`#element`, RFC 9110 §5.6.1).
///
/// For lists without quoted strings; entity tags, which may hold commas, have their own reader.
struct ListElements: ~Escapable {
  /// What has not been read yet.
  private var rest: RawSpan

  /// The elements of `value`.
  @_lifetime(copy value)
  init(_ value: RawSpan) {
    rest = value
  }

  /// The next element, or `nil` behind the last.
  @_lifetime(self: copy self)
  @_lifetime(copy self)
  mutating func next() -> RawSpan? {
    while rest.byteCount > 0 {
      let end = rest.firstOffset(of: UInt8(ascii: ",")) ?? rest.byteCount
      let element = rest.extracting(first: end).trimmed()
      rest = rest.extracting(droppingFirst: end &+ 1)
      if element.byteCount > 0 { return element }
    }
    return nil
  }
}
