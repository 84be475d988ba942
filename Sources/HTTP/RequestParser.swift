import Wire

/// What the bytes of a connection are.
package enum RequestParsing: Equatable, Sendable {
  /// The beginning of a request.
  case incomplete
  /// A request.
  case request(RequestHead)
  /// No request that can be answered with anything but this status; the connection is to be closed.
  case rejected(Status)
}

/// Reads the head of a request (RFC 9112 §2 to §6). Whatever two readers might understand in two ways is refused.
package enum RequestParser {
  /// Reads a request at the front of `text`.
  /// - Parameters:
  ///   - text: the bytes that have arrived and were not consumed.
  ///   - scanner: how far the same bytes were looked at before; begin with a new one for each request.
  ///   - limits: when to stop reading.
  package static func parse(
    _ text: RawSpan, scanner: inout RequestScanner, limits: RequestLimits
  ) -> RequestParsing {
    switch scanner.scan(text) {
    case .malformed: return .rejected(.badRequest)
    case .incomplete:
      if text.byteCount > limits.headCount { return .rejected(tooLarge(text, limits)) }
      return .incomplete
    case .head(let end):
      if end > limits.headCount { return .rejected(tooLarge(text, limits)) }
      return parseHead(text.extracting(first: end), limits)
    }
  }

  /// A head that is too long because of its first line has too long a target.
  private static func tooLarge(_ text: RawSpan, _ limits: RequestLimits) -> Status {
    for offset in 0..<min(text.byteCount, limits.targetCount) where text.byte(at: offset) == 0x0A {
      return .requestHeaderFieldsTooLarge
    }
    return .uriTooLong
  }

  private static func parseHead(_ text: RawSpan, _ limits: RequestLimits) -> RequestParsing {
    var head = RequestHead()
    head.byteCount = text.byteCount
    var reader = LineReader(text)
    var line = reader.next()
    while line.isEmpty { line = reader.next() }
    head.line = FieldSlice(offset: line.lowerBound, count: line.count)
    if let status = parseRequestLine(line, of: text, &head, limits) { return .rejected(status) }
    var fields = FieldState()
    while true {
      let line = reader.next()
      if line.isEmpty { break }
      if let status = fields.read(line, of: text, &head, limits) { return .rejected(status) }
    }
    if let status = fields.finish(&head) { return .rejected(status) }
    return .request(head)
  }
}

/// Walks over the lines of a head that is known to be complete.
struct LineReader: ~Escapable {
  private let text: RawSpan
  private var position = 0

  @_lifetime(copy text)
  init(_ text: RawSpan) {
    self.text = text
  }

  /// The next line without its CR LF.
  mutating func next() -> Range<Int> {
    let start = position
    var offset = start
    while offset < text.byteCount, text.byte(at: offset) != 0x0A { offset &+= 1 }
    position = min(offset &+ 1, text.byteCount)
    return start..<max(start, offset &- 1)
  }
}
