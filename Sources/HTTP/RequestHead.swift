/// What a client asks for (RFC 9110 §9).
package enum Method: Sendable {
  /// A representation.
  case get
  /// What would be sent before a representation.
  case head
  /// What can be asked for.
  case options
  /// A method that exists and that nothing here supports: 405.
  case notAllowed
}

/// The head of a request, as places in its bytes. What is asked of it was checked: it is a correct request.
package struct RequestHead: Equatable, Sendable {
  /// What is asked for.
  package var method = Method.get
  /// Whether the client speaks HTTP/1.1 rather than 1.0.
  package var isVersion11 = false
  /// Bytes of the head with the empty line behind it, and of empty lines before it.
  package var byteCount = 0
  /// The request line, without its end.
  package var line = FieldSlice.none
  /// The path of the target, as sent: begins with a slash, or is the `*` of OPTIONS. Empty in a target without one, such
  /// as `http://host`, which means the root.
  package var path = FieldSlice.none
  /// What follows the first question mark of the target.
  package var query = FieldSlice.none
  /// Whether there was a question mark.
  package var hasQuery = false
  /// Whether the connection may carry another request after this one (RFC 9112 §9.3).
  package var keepsAlive = false
  /// Whether a body follows. Nobody here wants one: the request is answered and the connection closed.
  package var hasBody = false
  /// The Host field's value, or the authority of the target where it has one (RFC 9112 §3.2.2).
  package var host = FieldSlice.none
  /// The first line of the If-Match field.
  package var ifMatch = FieldSlice.none
  /// The first line of the If-None-Match field.
  package var ifNoneMatch = FieldSlice.none
  /// The If-Modified-Since field's value; nothing where it was sent twice, which makes it invalid.
  package var ifModifiedSince = FieldSlice.none
  /// The If-Unmodified-Since field's value; nothing where it was sent twice, which makes it invalid.
  package var ifUnmodifiedSince = FieldSlice.none
  /// The If-Range field's value; nothing where it was sent twice, which makes it invalid.
  package var ifRange = FieldSlice.none
  /// The Range field's value; nothing where it was sent twice, which makes it invalid.
  package var range = FieldSlice.none
  /// The first line of the Accept-Encoding field.
  package var acceptEncoding = FieldSlice.none
  /// The User-Agent field's value.
  package var userAgent = FieldSlice.none
  /// The Referer field's value.
  package var referer = FieldSlice.none
  /// A bit for each field that was sent.
  private var seen: UInt16 = 0
  /// A bit for each field that was sent in several lines.
  private var repeated: UInt16 = 0

  /// An empty head.
  package init() {}

  /// Whether a field was sent in several lines.
  package func isRepeated(_ field: KnownField) -> Bool { repeated & field.bit != 0 }

  /// Notes a line of a field.
  /// - Returns: whether it is the first.
  mutating func note(_ field: KnownField) -> Bool {
    repeated |= seen & field.bit
    seen |= field.bit
    return !isRepeated(field)
  }

  /// Whether a line of a field was read.
  func has(_ field: KnownField) -> Bool { seen & field.bit != 0 }
}

extension KnownField {
  /// The field's bit in a set of fields.
  fileprivate var bit: UInt16 { 1 &<< UInt16(rawValue) }
}

/// How much of a request is read before it is refused.
package struct RequestLimits: Equatable, Sendable {
  /// Bytes of the whole head; beyond it 431. At most 16,384.
  package var headCount = 8_192
  /// Bytes of the target; beyond it 414.
  package var targetCount = 4_096
  /// Fields; beyond it 431.
  package var fieldCount = 100
  /// Bytes of a body, which is thrown away; beyond it 413.
  package var bodyCount: UInt64 = 1 << 20

  /// The defaults.
  package init() {}
}
