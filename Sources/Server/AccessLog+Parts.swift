import Time
import Wire

/// The parts of a line.
extension AccessLog {
  /// Appends text that needs no escapes.
  mutating func append(_ text: StaticString) {
    append(text.bytes)
  }

  /// Appends bytes of a client. Quotes, backslashes and what is not printable are written as `\xHH`, so that no client can
  /// forge a line or reach the terminal of whoever reads it.
  mutating func append(escaping bytes: RawSpan) {
    for offset in 0..<bytes.byteCount {
      let byte = bytes.byte(at: offset)
      if byte >= 0x20, byte < 0x7F, byte != 0x22, byte != 0x5C {
        append(byte)
      } else {
        append("\\x")
        append(AccessLog.digit(byte >> 4))
        append(AccessLog.digit(byte & 0xF))
      }
    }
  }

  /// Appends bytes of a client as part of a JSON string. What is no ASCII is written as if each byte were a character of
  /// ISO 8859-1: so the line is valid, and nothing is lost, whatever the bytes.
  mutating func append(escapingForJSON bytes: RawSpan) {
    for offset in 0..<bytes.byteCount {
      let byte = bytes.byte(at: offset)
      if byte >= 0x20, byte < 0x7F, byte != 0x22, byte != 0x5C {
        append(byte)
      } else {
        append("\\u00")
        append(AccessLog.digit(byte >> 4))
        append(AccessLog.digit(byte & 0xF))
      }
    }
  }

  /// Appends a length of time in seconds, to the microsecond.
  mutating func append(_ duration: Interval) {
    append(duration.microseconds / 1_000_000)
    append(".")
    var divisor: UInt64 = 100_000
    while divisor > 0 {
      append(UInt8(0x30 + duration.microseconds / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends bytes as they are.
  mutating func append(_ bytes: RawSpan) {
    for offset in 0..<bytes.byteCount { append(bytes.byte(at: offset)) }
  }

  /// Appends a decimal number.
  mutating func append(_ number: UInt64) {
    if number >= 10 { append(number / 10) }
    append(UInt8(truncatingIfNeeded: 0x30 + number % 10))
  }

  static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
