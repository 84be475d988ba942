import Wire

/// The request line (RFC 9112 §3): method, target and version with single spaces between them.
extension RequestParser {
  /// Reads the request line.
  /// - Returns: the method; nil for one that nobody knows.
  static func readRequestLine(
    _ line: Range<Int>, of text: RawSpan, _ head: inout RequestHead, _ limits: RequestLimits
  ) throws(Status) -> Method? {
    var methodEnd = line.lowerBound
    while methodEnd < line.upperBound, ASCII.isToken(text.byte(at: methodEnd)) { methodEnd &+= 1 }
    guard methodEnd > line.lowerBound, methodEnd < line.upperBound, text.byte(at: methodEnd) == ASCII.space,
      let targetEnd = text.firstOffset(of: ASCII.space, from: methodEnd &+ 1), targetEnd < line.upperBound
    else { throw .badRequest }
    head.isVersion11 = try isVersion11(text.extracting((targetEnd &+ 1)..<line.upperBound))
    let target = (methodEnd &+ 1)..<targetEnd
    guard target.count <= limits.targetCount else { throw .uriTooLong }
    let method = Method(text.extracting(line.lowerBound..<methodEnd))
    head.method = method ?? .notAllowed
    // CONNECT asks with an authority alone, and gets its 405: only methods that are answered need a target.
    if head.method != .notAllowed { try readTarget(target, of: text, &head) }
    return method
  }

  /// `HTTP/1.1` or `HTTP/1.0`; later minors of version 1 are read as 1.1 (RFC 9112 §2.3).
  private static func isVersion11(_ version: RawSpan) throws(Status) -> Bool {
    guard version.byteCount == 8, version.extracting(first: 5).equals("HTTP/"), ASCII.isDigit(version.byte(at: 5)),
      version.byte(at: 6) == UInt8(ascii: "."), ASCII.isDigit(version.byte(at: 7))
    else { throw .badRequest }
    guard version.byte(at: 5) == UInt8(ascii: "1") else { throw .httpVersionNotSupported }
    return version.byte(at: 7) != UInt8(ascii: "0")
  }

  /// The target (RFC 9112 §3.2): origin-form, absolute-form whose authority is taken off, or `*` for OPTIONS.
  ///
  /// Octets above 0x7F are taken as they are: people type them, and they mean the same as their escapes.
  private static func readTarget(
    _ target: Range<Int>, of text: RawSpan, _ head: inout RequestHead
  ) throws(Status) {
    guard !target.isEmpty else { throw .badRequest }
    var start = target.lowerBound
    if text.extracting(target).equals("*") {
      guard head.method == .options else { throw .badRequest }
      head.path = FieldSlice(target)
      return
    }
    if text.byte(at: start) != UInt8(ascii: "/") {
      let authority = try authority(of: target, in: text)
      head.host = FieldSlice(authority)
      start = authority.upperBound
    }
    var pathEnd = target.upperBound
    for offset in start..<target.upperBound {
      let byte = text.byte(at: offset)
      guard byte > ASCII.space, byte != UInt8(ascii: "#") else { throw .badRequest }
      if byte == UInt8(ascii: "?"), pathEnd == target.upperBound { pathEnd = offset }
    }
    head.path = FieldSlice(start..<pathEnd)
    head.hasQuery = pathEnd < target.upperBound
    if head.hasQuery { head.query = FieldSlice((pathEnd &+ 1)..<target.upperBound) }
  }

  /// The authority of `http://authority/path`.
  private static func authority(of target: Range<Int>, in text: RawSpan) throws(Status) -> Range<Int> {
    var start = target.lowerBound
    let rest = text.extracting(target)
    if rest.beginsIgnoringCase(with: "http://") {
      start &+= 7
    } else if rest.beginsIgnoringCase(with: "https://") {
      start &+= 8
    } else {
      throw .badRequest
    }
    var end = start
    while end < target.upperBound, text.byte(at: end) != UInt8(ascii: "/"), text.byte(at: end) != UInt8(ascii: "?") {
      end &+= 1
    }
    guard end > start, text.extracting(start..<end).isHostAndPort else { throw .badRequest }
    return start..<end
  }
}

extension Method {
  /// The methods of RFC 9110 §9 and RFC 5789; nil for one that nobody knows.
  fileprivate init?(_ name: RawSpan) {
    if name.equals("GET") {
      self = .get
    } else if name.equals("HEAD") {
      self = .head
    } else if name.equals("OPTIONS") {
      self = .options
    } else if name.equals("POST") || name.equals("PUT") || name.equals("DELETE") || name.equals("PATCH")
      || name.equals("TRACE") || name.equals("CONNECT")
    {
      self = .notAllowed
    } else {
      return nil
    }
  }
}
