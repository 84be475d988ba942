import Wire

/// What a log can tell of a request that was refused.
extension RequestHead {
  /// Finds the first line of what has arrived, and Host, Referer and User-Agent where they can be told. Nothing of it is
  /// checked: it is for people, and to be escaped.
  /// - Parameter text: the request, or as much of it as has arrived. What lies behind its first 16,384 bytes is not looked at.
  package init(refused text: RawSpan) {
    self.init()
    let text = text.extracting(first: min(text.byteCount, 16_384))
    var start = 0
    while start < text.byteCount, text.byte(at: start) == ASCII.carriageReturn || text.byte(at: start) == ASCII.lineFeed
    {
      start &+= 1
    }
    let first = RequestHead.line(from: start, of: text)
    line = FieldSlice(first)
    // A field may be cut off where the text ends, but says more than nothing.
    var next = first.upperBound
    while let end = text.firstOffset(of: ASCII.lineFeed, from: next), end &+ 1 < text.byteCount {
      let field = RequestHead.line(from: end &+ 1, of: text)
      guard !field.isEmpty else { return }
      note(field, of: text)
      next = field.upperBound
    }
  }

  /// The line that begins at an offset, without its end: up to LF, or CR LF, or all there is.
  private static func line(from start: Int, of text: RawSpan) -> Range<Int> {
    var end = text.firstOffset(of: ASCII.lineFeed, from: start) ?? text.byteCount
    if end > start, text.byte(at: end &- 1) == ASCII.carriageReturn { end &-= 1 }
    return start..<end
  }

  private mutating func note(_ line: Range<Int>, of text: RawSpan) {
    guard let colon = text.firstOffset(of: UInt8(ascii: ":"), from: line.lowerBound), colon < line.upperBound,
      let field = KnownField(text.extracting(line.lowerBound..<colon))
    else { return }
    let value = FieldSlice(text.trimmed((colon &+ 1)..<line.upperBound))
    switch field {
    case .host where host.isEmpty: host = value
    case .referer where referer.isEmpty: referer = value
    case .userAgent where userAgent.isEmpty: userAgent = value
    default: break
    }
  }
}
