import Wire

/// The host and port of a request (RFC 3986 §3.2.2, §3.2.3).
extension RawSpan {
  /// Whether this is `uri-host [":" port]` (RFC 9110 §7.2), the host possibly empty.
  ///
  /// A name is any of the characters RFC 3986 allows in one, a literal in brackets is not looked into further.
  var isHostAndPort: Bool {
    var offset = 0
    if byteCount > 0, byte(at: 0) == UInt8(ascii: "[") {
      guard let bracket = firstOffset(of: UInt8(ascii: "]")) else { return false }
      for position in 1..<bracket where !Self.isLiteralCharacter(byte(at: position)) { return false }
      offset = bracket &+ 1
    } else {
      while offset < byteCount, Self.isNameCharacter(byte(at: offset)) { offset &+= 1 }
    }
    guard offset < byteCount else { return true }
    guard byte(at: offset) == UInt8(ascii: ":") else { return false }
    for position in offset &+ 1..<byteCount where !ASCII.isDigit(byte(at: position)) { return false }
    return true
  }

  /// `unreserved`, `sub-delims` or the percent sign of an escape.
  private static func isNameCharacter(_ byte: UInt8) -> Bool {
    if ASCII.isLetter(byte) || ASCII.isDigit(byte) { return true }
    return switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "%"): true
    case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("): true
    case UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"): true
    case UInt8(ascii: "="): true
    default: false
    }
  }

  /// A character of an address between brackets.
  private static func isLiteralCharacter(_ byte: UInt8) -> Bool {
    isNameCharacter(byte) || byte == UInt8(ascii: ":")
  }
}
