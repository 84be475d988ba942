import Wire

/// The fields of a request that mean something here; all others are read over.
package enum KnownField: UInt8, Sendable {
  /// RFC 9110 §7.2.
  case host
  /// RFC 9110 §7.6.1.
  case connection
  /// RFC 9110 §8.6.
  case contentLength
  /// RFC 9112 §6.1.
  case transferEncoding
  /// RFC 9110 §10.1.1.
  case expect
  /// RFC 9110 §13.1.1.
  case ifMatch
  /// RFC 9110 §13.1.2.
  case ifNoneMatch
  /// RFC 9110 §13.1.3.
  case ifModifiedSince
  /// RFC 9110 §13.1.4.
  case ifUnmodifiedSince
  /// RFC 9110 §13.1.5.
  case ifRange
  /// RFC 9110 §14.2.
  case range
  /// RFC 9110 §12.5.3.
  case acceptEncoding
  /// RFC 9110 §10.1.5, for the access log.
  case userAgent
  /// RFC 9110 §10.1.3, for the access log.
  case referer

  /// The field with this name, letter case aside.
  init?(_ name: RawSpan) {
    guard let candidate = KnownField.candidate(name), name.equalsIgnoringCase(candidate.name) else { return nil }
    self = candidate
  }

  /// The one field whose name has this length and, where there are two, this character.
  private static func candidate(_ name: RawSpan) -> KnownField? {
    switch name.byteCount {
    case 4: .host
    case 5: .range
    case 6: .expect
    case 7: .referer
    case 8: ASCII.lowercased(name.byte(at: 3)) == UInt8(ascii: "m") ? .ifMatch : .ifRange
    case 10: ASCII.lowercased(name.byte(at: 0)) == UInt8(ascii: "c") ? .connection : .userAgent
    case 13: .ifNoneMatch
    case 14: .contentLength
    case 15: .acceptEncoding
    case 17: ASCII.lowercased(name.byte(at: 0)) == UInt8(ascii: "i") ? .ifModifiedSince : .transferEncoding
    case 19: .ifUnmodifiedSince
    default: nil
    }
  }

  /// The name in lower case.
  private var name: StaticString {
    switch self {
    case .host: "host"
    case .connection: "connection"
    case .contentLength: "content-length"
    case .transferEncoding: "transfer-encoding"
    case .expect: "expect"
    case .ifMatch: "if-match"
    case .ifNoneMatch: "if-none-match"
    case .ifModifiedSince: "if-modified-since"
    case .ifUnmodifiedSince: "if-unmodified-since"
    case .ifRange: "if-range"
    case .range: "range"
    case .acceptEncoding: "accept-encoding"
    case .userAgent: "user-agent"
    case .referer: "referer"
    }
  }
}
