import Wire

/// The characters of which HTTP is made (RFC 9110 §5.6.2).
enum Token {
  /// Whether a byte may stand in a token: a method, a field's name.
  @inline(__always)
  static func contains(_ byte: UInt8) -> Bool {
    // Bit n of a half stands for the character n, or n + 64.
    let low: UInt64 = 0x03FF_6CFA_0000_0000
    let high: UInt64 = 0x57FF_FFFF_C7FF_FFFE
    return byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte & 63) & 1 == 1
  }

  /// Whether a byte is a decimal digit.
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// A letter in lower case; other characters are left alone.
  @inline(__always)
  static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// Whether bytes are a text, letter case aside.
  /// - Parameter text: in lower case.
  static func equalIgnoringCase(_ bytes: RawSpan, _ text: StaticString) -> Bool {
    let text = text.bytes
    guard bytes.byteCount == text.byteCount else { return false }
    for offset in 0..<text.byteCount where lowercased(bytes.byte(at: offset)) != text.byte(at: offset) { return false }
    return true
  }

  /// Bytes without the spaces and tabs around them (OWS, RFC 9110 §5.6.3).
  @_lifetime(copy bytes)
  static func trimmed(_ bytes: RawSpan) -> RawSpan {
    var (start, end) = (0, bytes.byteCount)
    while start < end, isSpace(bytes.byte(at: start)) { start &+= 1 }
    while end > start, isSpace(bytes.byte(at: end &- 1)) { end &-= 1 }
    return bytes.extracting(start..<end)
  }

  /// Whether a byte is a space or a tab.
  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Takes the next element off the front of a list with commas (RFC 9110 §5.6.1); empty elements come out as well.
  @_lifetime(list: copy list)
  @_lifetime(copy list)
  static func nextElement(_ list: inout RawSpan) -> RawSpan {
    var end = 0
    var isQuoted = false
    while end < list.byteCount {
      let byte = list.byte(at: end)
      if byte == 0x22 { isQuoted.toggle() }
      if byte == 0x2C, !isQuoted { break }
      end &+= 1
    }
    let element = trimmed(list.extracting(first: end))
    list = list.extracting(droppingFirst: min(end &+ 1, list.byteCount))
    return element
  }

  /// The number that bytes spell in decimal digits, nothing else; nil beyond 2⁶³.
  static func number(_ bytes: RawSpan) -> UInt64? {
    guard bytes.byteCount > 0, bytes.byteCount <= 18 else { return nil }
    var number: UInt64 = 0
    for offset in 0..<bytes.byteCount {
      guard isDigit(bytes.byte(at: offset)) else { return nil }
      number = number &* 10 &+ UInt64(bytes.byte(at: offset) &- 0x30)
    }
    return number
  }
}
