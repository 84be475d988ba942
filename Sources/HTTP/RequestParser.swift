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
    let text = text.extracting(first: min(text.byteCount, limits.headCount))
    switch scanner.scan(text) {
    case .malformed: return .rejected(.badRequest)
    case .incomplete:
      guard text.byteCount == limits.headCount else { return .incomplete }
      return .rejected(scanner.hasLine ? .requestHeaderFieldsTooLarge : .uriTooLong)
    case .head(let end):
      do throws(Status) {
        return .request(try readHead(text.extracting(first: end), limits))
      } catch {
        return .rejected(error)
      }
    }
  }

  /// Whether what was refused, or as much of it as has arrived, asks with HEAD, so that no content may follow the answer.
  package static func asksForHead(_ text: RawSpan) -> Bool {
    var start = 0
    while start < text.byteCount, text.byte(at: start) == ASCII.carriageReturn || text.byte(at: start) == ASCII.lineFeed
    {
      start &+= 1
    }
    return text.byteCount &- start >= 5 && text.extracting(start..<(start &+ 5)).equals("HEAD ")
  }

  /// Reads a head that is whole, and whose lines end as they must.
  ///
  /// What is only not supported is refused last: a request that may be smuggled in is worse.
  private static func readHead(_ text: RawSpan, _ limits: RequestLimits) throws(Status) -> RequestHead {
    var head = RequestHead()
    head.byteCount = text.byteCount
    var lines = LineReader(text)
    var line = lines.next()
    while line.isEmpty, line.lowerBound < text.byteCount { line = lines.next() }
    head.line = FieldSlice(line)
    let method = try readRequestLine(line, of: text, &head, limits)
    let authority = head.host
    var fields = FieldState()
    while true {
      let line = lines.next()
      if line.isEmpty { break }
      try fields.read(line, of: text, &head, limits)
    }
    try fields.finish(&head, limits)
    if !authority.isEmpty { head.host = authority }
    guard method != nil else { throw .notImplemented }
    return head
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
    var end = text.firstControl(from: start, to: text.byteCount)
    while end < text.byteCount, text.byte(at: end) == ASCII.tab {
      end = text.firstControl(from: end &+ 1, to: text.byteCount)
    }
    position = min(end &+ 2, text.byteCount)
    return start..<end
  }
}
