import Wire

/// Which of the field lines that are stored with a representation are taken over.
package enum StoredFields: Sendable {
  /// Those that describe the content of one part of several: Content-Type, Content-Encoding.
  case ofContent
  /// The others.
  case notOfContent
  /// All but the validators, which say nothing of a page that is sent in place of another: not ETag, not Last-Modified.
  case notValidators

  /// Whether a line, which begins with the name of its field, is one of them.
  fileprivate func contain(_ line: RawSpan) -> Bool {
    switch self {
    case .ofContent: line.beginsIgnoringCase(with: "content-")
    case .notOfContent: !line.beginsIgnoringCase(with: "content-")
    case .notValidators:
      !line.beginsIgnoringCase(with: "etag:") && !line.beginsIgnoringCase(with: "last-modified:")
    }
  }
}

/// Several parts of a representation in one response (RFC 9110 §14.6).
extension HeadWriter {
  /// Appends those of `lines`, each of which ends with CR LF, that are wanted.
  package mutating func append(_ wanted: StoredFields, of lines: RawSpan) {
    var rest = lines
    while let end = rest.firstOffset(of: ASCII.lineFeed) {
      let line = rest.extracting(first: end &+ 1)
      if wanted.contain(line) { append(line) }
      rest = rest.extracting(droppingFirst: end &+ 1)
    }
  }

  /// Says that the body is in parts, which `boundary` stands between.
  package mutating func partsType(boundary: RawSpan) {
    append("Content-Type: multipart/byteranges; boundary=")
    append(boundary)
    append("\r\n")
  }

  /// Begins a part; its fields and an empty line follow.
  package mutating func delimiter(_ boundary: RawSpan) {
    append("\r\n--")
    append(boundary)
    append("\r\n")
  }

  /// Ends the last part.
  package mutating func lastDelimiter(_ boundary: RawSpan) {
    append("\r\n--")
    append(boundary)
    append("--\r\n")
  }
}

extension EntityTag {
  /// The text between the quotes of a tag, where it can stand between parts (RFC 2046 §5.1.1); `nil` for another.
  ///
  /// The tag of a pack is a hash of the content, and no content holds its own hash: nothing separates its parts better.
  @_lifetime(copy text)
  package static func boundary(_ text: RawSpan) -> RawSpan? {
    guard (3...62).contains(text.byteCount), text.byte(at: 0) == UInt8(ascii: "\"") else { return nil }
    let inner = text.extracting(1..<(text.byteCount &- 1))
    for offset in 0..<inner.byteCount {
      let byte = inner.byte(at: offset)
      guard ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "-") else { return nil }
    }
    return inner
  }
}
