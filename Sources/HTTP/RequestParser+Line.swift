import Wire

/// The request line (RFC 9112 §3): method, target and version with single spaces between them.
extension RequestParser {
  static func parseRequestLine(
    _ line: Range<Int>, of text: RawSpan, _ head: inout RequestHead, _ limits: RequestLimits
  ) -> Status? {
    var methodEnd = line.lowerBound
    while methodEnd < line.upperBound, Token.contains(text.byte(at: methodEnd)) { methodEnd &+= 1 }
    guard methodEnd > line.lowerBound, methodEnd < line.upperBound, text.byte(at: methodEnd) == 0x20 else {
      return .badRequest
    }
    var targetEnd = methodEnd &+ 1
    while targetEnd < line.upperBound, text.byte(at: targetEnd) > 0x20, text.byte(at: targetEnd) != 0x7F {
      targetEnd &+= 1
    }
    guard targetEnd < line.upperBound, text.byte(at: targetEnd) == 0x20 else { return .badRequest }
    if targetEnd - methodEnd > limits.targetCount { return .uriTooLong }
    let version = text.extracting((targetEnd &+ 1)..<line.upperBound)
    if let status = parseVersion(version, &head) { return status }
    guard let method = method(text.extracting(line.lowerBound..<methodEnd)) else { return .notImplemented }
    head.method = method
    return parseTarget((methodEnd &+ 1)..<targetEnd, of: text, &head)
  }

  /// `HTTP/1.1` or `HTTP/1.0`; later minors of version 1 are read as 1.1 (RFC 9112 §2.3).
  private static func parseVersion(_ version: RawSpan, _ head: inout RequestHead) -> Status? {
    guard version.byteCount == 8, version.extracting(first: 5).elementsEqual(("HTTP/" as StaticString).bytes),
      Token.isDigit(version.byte(at: 5)), version.byte(at: 6) == 0x2E, Token.isDigit(version.byte(at: 7))
    else { return .badRequest }
    guard version.byte(at: 5) == 0x31 else { return .httpVersionNotSupported }
    head.isVersion11 = version.byte(at: 7) != 0x30
    head.keepsAlive = head.isVersion11
    return nil
  }

  /// The methods of RFC 9110 §9 and RFC 5789; nil for one that nobody knows.
  private static func method(_ name: RawSpan) -> Method? {
    if name.elementsEqual(("GET" as StaticString).bytes) { return .get }
    if name.elementsEqual(("HEAD" as StaticString).bytes) { return .head }
    if name.elementsEqual(("OPTIONS" as StaticString).bytes) { return .options }
    let others: [5 of StaticString] = ["POST", "PUT", "DELETE", "PATCH", "TRACE"]
    for index in others.indices where name.elementsEqual(others[index].bytes) { return .notAllowed }
    return name.elementsEqual(("CONNECT" as StaticString).bytes) ? .notAllowed : nil
  }

  /// The target (RFC 9112 §3.2): origin-form, absolute-form whose authority is taken off, or `*` for OPTIONS.
  private static func parseTarget(_ target: Range<Int>, of text: RawSpan, _ head: inout RequestHead) -> Status? {
    var start = target.lowerBound
    guard start < target.upperBound else { return .badRequest }
    if text.byte(at: start) != 0x2F {
      if target.count == 1, text.byte(at: start) == 0x2A, head.method == .options {
        head.path = FieldSlice(offset: start, count: 1)
        return nil
      }
      // CONNECT asks with an authority alone, and gets its 405.
      if head.method == .notAllowed { return nil }
      guard let pathStart = absolutePath(target, of: text) else { return .badRequest }
      start = pathStart
    }
    var end = start
    while end < target.upperBound, text.byte(at: end) != 0x3F { end &+= 1 }
    if end < target.upperBound {
      head.hasQuery = true
      head.query = FieldSlice(offset: end &+ 1, count: target.upperBound &- end &- 1)
    }
    head.path = FieldSlice(offset: start, count: end &- start)
    return nil
  }

  /// Where the path of `http://authority/path` begins.
  private static func absolutePath(_ target: Range<Int>, of text: RawSpan) -> Int? {
    let scheme = ("http://" as StaticString).bytes
    guard target.count > scheme.byteCount else { return nil }
    let front = text.extracting(target.lowerBound..<(target.lowerBound + scheme.byteCount))
    guard Token.equalIgnoringCase(front, "http://") else { return nil }
    var offset = target.lowerBound + scheme.byteCount
    let authority = offset
    while offset < target.upperBound, text.byte(at: offset) != 0x2F { offset &+= 1 }
    return offset > authority && offset < target.upperBound ? offset : nil
  }
}
