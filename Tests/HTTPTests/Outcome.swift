import HTTP
import TestKit

/// What a parser made of some bytes, as values that can be compared and printed.
enum Outcome: Equatable {
  /// The head has not ended.
  case incomplete
  /// A head: a line of what was read.
  case accepted(String)
  /// A refusal.
  case rejected(UInt16)

  /// Reads the first request of `bytes`, of which nothing was seen before.
  init(of bytes: [UInt8], limits: RequestLimits = RequestLimits()) {
    var scanner = RequestScanner()
    self.init(of: bytes, seenBy: &scanner, limits: limits)
  }

  /// Reads the first request of `text`, of which nothing was seen before.
  init(of text: String, limits: RequestLimits = RequestLimits()) {
    self.init(of: Array(text.utf8), limits: limits)
  }

  /// Reads the first request of `bytes`, of which `scanner` has seen the beginning.
  init(of bytes: [UInt8], seenBy scanner: inout RequestScanner, limits: RequestLimits = RequestLimits()) {
    switch RequestParser.parse(bytes.rawSpan, scanner: &scanner, limits: limits) {
    case .incomplete: self = .incomplete
    case .rejected(let status): self = .rejected(status.rawValue)
    case .request(let head): self = .accepted(Outcome.describe(head, bytes))
    }
  }

  /// Every value of the head; a plus behind a field of several lines.
  private static func describe(_ head: RequestHead, _ bytes: [UInt8]) -> String {
    var parts = ["\(head.method)", head.isVersion11 ? "1.1" : "1.0", "path=\(text(head.path, bytes))"]
    if head.hasQuery { parts.append("query=\(text(head.query, bytes))") }
    let fields: [(KnownField, FieldSlice)] = [
      (.host, head.host), (.ifMatch, head.ifMatch), (.ifNoneMatch, head.ifNoneMatch),
      (.ifModifiedSince, head.ifModifiedSince), (.ifUnmodifiedSince, head.ifUnmodifiedSince), (.ifRange, head.ifRange),
      (.range, head.range), (.acceptEncoding, head.acceptEncoding), (.userAgent, head.userAgent),
      (.referer, head.referer),
    ]
    for (field, slice) in fields where !slice.isEmpty || head.isRepeated(field) {
      parts.append("\(field)=\(text(slice, bytes))\(head.isRepeated(field) ? "+" : "")")
    }
    parts.append(head.keepsAlive ? "stays" : "closes")
    if head.hasBody { parts.append("body") }
    parts.append("\(head.byteCount)")
    return parts.joined(separator: " ")
  }

  /// The text of a slice.
  static func text(_ slice: FieldSlice, _ bytes: [UInt8]) -> String {
    String(decoding: bytes[Int(slice.offset)..<Int(slice.offset) + Int(slice.count)], as: UTF8.self)
  }
}

/// Reads a request that is known to be good.
func head(of text: String) throws -> (RequestHead, [UInt8]) {
  let bytes = Array(text.utf8)
  var scanner = RequestScanner()
  guard
    case .request(let head) = RequestParser.parse(bytes.rawSpan, scanner: &scanner, limits: RequestLimits())
  else { throw NotARequest(text: text) }
  return (head, bytes)
}

/// A text that a test took for a request.
struct NotARequest: Error {
  /// The text.
  let text: String
}
