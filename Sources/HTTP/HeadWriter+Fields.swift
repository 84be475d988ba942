import Wire

/// The parts of which heads are made.
extension HeadWriter {
  /// The status line, and the fields that every response has.
  /// - Parameter date: the 29 bytes of the present date.
  package mutating func begin(_ status: Status, date: RawSpan, keepsAlive: Bool) {
    append("HTTP/1.1 ")
    append(status.line)
    append("\r\nDate: ")
    append(date)
    append(keepsAlive ? "\r\nConnection: keep-alive" : "\r\nConnection: close")
    append("\r\nServer: Cheetah\r\n")
  }

  /// How long the body is.
  package mutating func contentLength(_ length: UInt64) {
    append("Content-Length: ")
    append(length)
    append("\r\n")
  }

  /// Which part the body is (RFC 9110 §14.4).
  package mutating func contentRange(_ range: Range<UInt64>, of length: UInt64) {
    append("Content-Range: bytes ")
    append(range.lowerBound)
    append("-")
    append(range.upperBound - 1)
    append("/")
    append(length)
    append("\r\n")
  }

  /// How long the whole is when no part of it was sent (§15.5.17).
  package mutating func unsatisfiedRange(of length: UInt64) {
    append("Content-Range: bytes */")
    append(length)
    append("\r\n")
  }

  /// The methods that can be used (§10.2.1).
  package mutating func allow() {
    append("Allow: GET, HEAD, OPTIONS\r\n")
  }

  /// Where to ask instead (§10.2.2): a URI reference, and the query that was asked with, unless it has one of its own. The
  /// query comes before a fragment.
  package mutating func location(_ reference: RawSpan, query: RawSpan, hasQuery: Bool) {
    append("Location: ")
    let fragment = reference.firstOffset(of: UInt8(ascii: "#")) ?? reference.byteCount
    append(reference.extracting(first: fragment))
    if hasQuery, reference.extracting(first: fragment).firstOffset(of: UInt8(ascii: "?")) == nil {
      append("?")
      append(query)
    }
    append(reference.extracting(droppingFirst: fragment))
    append("\r\n")
  }

  /// Ends the head.
  package mutating func end() {
    append("\r\n")
  }

  /// A page that says the status and nothing else, with the fields that describe it, as rest of the response.
  /// - Parameter hasBody: false in answer to HEAD.
  package mutating func page(_ status: Status, hasBody: Bool) {
    let before: StaticString = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
    let between: StaticString = "</title></head><body><h1>"
    let after: StaticString = "</h1></body></html>\n"
    let title = status.line.bytes
    let length = before.bytes.byteCount + between.bytes.byteCount + after.bytes.byteCount + 2 * title.byteCount
    contentLength(UInt64(length))
    append("Content-Type: text/html; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n")
    end()
    guard hasBody else { return }
    append(before)
    append(title)
    append(between)
    append(title)
    append(after)
  }

  /// A byte of a path: letters, digits and what a path may hold stay (RFC 3986 §3.3), the rest is escaped.
  package mutating func appendEscaped(_ byte: UInt8) {
    let marks: StaticString = "/-._~!$&'()*+,;=:@"
    let isSafe = ASCII.isDigit(byte) || ASCII.isLetter(byte) || marks.bytes.firstOffset(of: byte) != nil
    let digits = ("0123456789ABCDEF" as StaticString).bytes
    if isSafe {
      append(byte: byte)
    } else {
      append("%")
      append(byte: digits.byte(at: Int(byte >> 4)))
      append(byte: digits.byte(at: Int(byte & 0xF)))
    }
  }
}
