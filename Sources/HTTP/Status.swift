/// A status of a response (RFC 9110 §15), of those that this server sends. Thrown where only it can be the answer.
package enum Status: UInt16, Error, CaseIterable, Sendable {
  /// 200
  case ok = 200
  /// 204
  case noContent = 204
  /// 206
  case partialContent = 206
  /// 301
  case movedPermanently = 301
  /// 302
  case found = 302
  /// 303
  case seeOther = 303
  /// 304
  case notModified = 304
  /// 307
  case temporaryRedirect = 307
  /// 308
  case permanentRedirect = 308
  /// 400
  case badRequest = 400
  /// 403
  case forbidden = 403
  /// 404
  case notFound = 404
  /// 405
  case methodNotAllowed = 405
  /// 408
  case requestTimeout = 408
  /// 410
  case gone = 410
  /// 412
  case preconditionFailed = 412
  /// 413
  case contentTooLarge = 413
  /// 414
  case uriTooLong = 414
  /// 416
  case rangeNotSatisfiable = 416
  /// 417
  case expectationFailed = 417
  /// 421
  case misdirectedRequest = 421
  /// 431
  case requestHeaderFieldsTooLarge = 431
  /// 451
  case unavailableForLegalReasons = 451
  /// 500
  case internalServerError = 500
  /// 501
  case notImplemented = 501
  /// 503
  case serviceUnavailable = 503
  /// 505
  case httpVersionNotSupported = 505

  /// The number and the reason phrase as they stand in a status line.
  package var line: StaticString {
    switch self {
    case .ok: "200 OK"
    case .noContent: "204 No Content"
    case .partialContent: "206 Partial Content"
    case .movedPermanently: "301 Moved Permanently"
    case .found: "302 Found"
    case .seeOther: "303 See Other"
    case .notModified: "304 Not Modified"
    case .temporaryRedirect: "307 Temporary Redirect"
    case .permanentRedirect: "308 Permanent Redirect"
    case .badRequest: "400 Bad Request"
    case .forbidden: "403 Forbidden"
    case .notFound: "404 Not Found"
    case .methodNotAllowed: "405 Method Not Allowed"
    case .requestTimeout: "408 Request Timeout"
    case .gone: "410 Gone"
    case .preconditionFailed: "412 Precondition Failed"
    case .contentTooLarge: "413 Content Too Large"
    case .uriTooLong: "414 URI Too Long"
    case .rangeNotSatisfiable: "416 Range Not Satisfiable"
    case .expectationFailed: "417 Expectation Failed"
    case .misdirectedRequest: "421 Misdirected Request"
    case .requestHeaderFieldsTooLarge: "431 Request Header Fields Too Large"
    case .unavailableForLegalReasons: "451 Unavailable For Legal Reasons"
    case .internalServerError: "500 Internal Server Error"
    case .notImplemented: "501 Not Implemented"
    case .serviceUnavailable: "503 Service Unavailable"
    case .httpVersionNotSupported: "505 HTTP Version Not Supported"
    }
  }

  /// Whether it says that something went wrong.
  package var isError: Bool { rawValue >= 400 }

  /// Whether it sends the client to another place.
  package var isRedirect: Bool {
    switch self {
    case .movedPermanently, .found, .seeOther, .temporaryRedirect, .permanentRedirect: true
    default: false
    }
  }
}
