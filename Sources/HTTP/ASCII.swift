/// The octets with a meaning in HTTP's grammar, and its character classes (RFC 9110 §5.6, RFC 5234 appendix B.1).
enum ASCII {
  /// HTAB.
  static let tab: UInt8 = 0x09
  /// LF.
  static let lineFeed: UInt8 = 0x0A
  /// CR.
  static let carriageReturn: UInt8 = 0x0D
  /// SP.
  static let space: UInt8 = 0x20

  /// The token characters with values 0 to 63, as bits.
  private static let lowTokens: UInt64 = 0x03FF_6CFA_0000_0000
  /// The token characters with values 64 to 127, as bits.
  private static let highTokens: UInt64 = 0x57FF_FFFF_C7FF_FFFE

  /// `tchar` of RFC 9110 §5.6.2: letters, digits and ``!#$%&'*+-.^_`|~``.
  @inline(__always)
  static func isToken(_ byte: UInt8) -> Bool {
    guard byte < 0x80 else { return false }
    return (byte < 64 ? lowTokens : highTokens) &>> UInt64(byte & 63) & 1 == 1
  }

  /// `DIGIT`.
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10
  }

  /// The letters of either case.
  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  /// `SP` or `HTAB`: what may stand around a field value (`OWS`, RFC 9110 §5.6.3).
  @inline(__always)
  static func isWhitespace(_ byte: UInt8) -> Bool {
    byte == space || byte == tab
  }

  /// The small letter of a capital one; every other octet as it is.
  @inline(__always)
  static func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }

  /// The value of a hexadecimal digit of either case, or `nil`.
  @inline(__always)
  static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte &- UInt8(ascii: "0") }
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter &+ 10 : nil
  }
}
