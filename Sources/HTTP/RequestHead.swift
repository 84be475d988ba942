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
  /// The path of the target, as sent: begins with a slash, or is the `*` of OPTIONS.
  package var path = FieldSlice.none
  /// What follows the first question mark of the target.
  package var query = FieldSlice.none
  /// Whether there was a question mark.
  package var hasQuery = false
  /// Whether the connection may carry another request after this one (RFC 9112 §9.3).
  package var keepsAlive = false
  /// Whether a body follows. Nobody here wants one: the request is answered and the connection closed.
  package var hasBody = false
  /// The Host field's value.
  package var host = FieldSlice.none
  /// The If-Match field's value.
  package var ifMatch = FieldSlice.none
  /// The If-None-Match field's value.
  package var ifNoneMatch = FieldSlice.none
  /// The If-Modified-Since field's value.
  package var ifModifiedSince = FieldSlice.none
  /// The If-Unmodified-Since field's value.
  package var ifUnmodifiedSince = FieldSlice.none
  /// The If-Range field's value.
  package var ifRange = FieldSlice.none
  /// The Range field's value.
  package var range = FieldSlice.none
  /// The Accept-Encoding field's value.
  package var acceptEncoding = FieldSlice.none
  /// The User-Agent field's value.
  package var userAgent = FieldSlice.none
  /// The Referer field's value.
  package var referer = FieldSlice.none

  /// An empty head.
  package init() {}
}

/// How much of a request is read before it is refused.
package struct RequestLimits: Equatable, Sendable {
  /// Bytes of the whole head; beyond it 431. At most 16,384.
  package var headCount = 8_192
  /// Bytes of the target; beyond it 414.
  package var targetCount = 4_096
  /// Fields; beyond it 431.
  package var fieldCount = 100

  /// The defaults.
  package init() {}
}
