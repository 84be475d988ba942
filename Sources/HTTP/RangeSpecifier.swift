import Wire

/// One element of a `Range`, before the length of the representation is known (`range-spec`, RFC 9110 §14.1.1).
enum RangeSpecifier {
  /// `first-last`, or `first-` where `last` is the largest number.
  case bytes(first: UInt64, last: UInt64)
  /// `-count`: the last bytes.
  case suffix(count: UInt64)

  /// Reads `0-499`, `500-` or `-500`; `nil` for anything else and where the last byte is before the first.
  init?(_ text: RawSpan) {
    guard let hyphen = text.firstOffset(of: UInt8(ascii: "-")) else { return nil }
    let end = text.extracting(droppingFirst: hyphen &+ 1)
    if hyphen == 0 {
      guard let count = end.decimal() else { return nil }
      self = .suffix(count: count)
    } else {
      guard let first = text.extracting(first: hyphen).decimal() else { return nil }
      guard let last = end.byteCount == 0 ? UInt64.max : end.decimal(), first <= last else { return nil }
      self = .bytes(first: first, last: last)
    }
  }

  /// Whether this asks for the last bytes, at least one.
  var isSuffix: Bool {
    if case .suffix(let count) = self { count > 0 } else { false }
  }

  /// The bytes there are of it in a representation of `length` bytes, or `nil` where there are none.
  func resolved(in length: UInt64) -> Range<UInt64>? {
    guard length > 0 else { return nil }
    switch self {
    case .bytes(let first, let last):
      return first < length ? first..<(min(last, length &- 1) &+ 1) : nil
    case .suffix(let count):
      return count > 0 ? (length &- min(count, length))..<length : nil
    }
  }
}
