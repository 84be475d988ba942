import Wire

/// The fields of a request that mean something here; all others are read over.
enum KnownField: UInt8 {
  case host
  case connection
  case contentLength
  case transferEncoding
  case expect
  case ifMatch
  case ifNoneMatch
  case ifModifiedSince
  case ifUnmodifiedSince
  case ifRange
  case range
  case acceptEncoding
  case userAgent
  case referer

  /// The field with this name, letter case aside.
  init?(_ name: RawSpan) {
    guard let candidate = KnownField.candidate(name), Token.equalIgnoringCase(name, candidate.name) else { return nil }
    self = candidate
  }

  /// The one field whose name has this length and, where there are two, this character.
  private static func candidate(_ name: RawSpan) -> KnownField? {
    switch name.byteCount {
    case 4: .host
    case 5: .range
    case 6: .expect
    case 7: .referer
    case 8: Token.lowercased(name.byte(at: 3)) == 0x6D ? .ifMatch : .ifRange
    case 10: Token.lowercased(name.byte(at: 0)) == 0x63 ? .connection : .userAgent
    case 13: .ifNoneMatch
    case 14: .contentLength
    case 15: .acceptEncoding
    case 17: Token.lowercased(name.byte(at: 0)) == 0x69 ? .ifModifiedSince : .transferEncoding
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
