import Wire

/// Just enough of the head of a response: what it says of its status and of where its body ends (RFC 9112 §6.3).
struct ResponseHead: Equatable {
  /// Bytes of the head, the empty line included.
  var byteCount: Int
  /// The status code, from 100 to 599.
  var status: UInt16
  /// Bytes of the body.
  var bodyCount: UInt64
  /// Whether the server closes the connection behind the body.
  var isLast: Bool

  /// What the text at the front of a connection is.
  enum Reading: Equatable {
    /// A head.
    case head(ResponseHead)
    /// The beginning of one.
    case incomplete
    /// None that can be read.
    case unreadable(LoadFailure)
  }

  /// The most bytes of a head.
  static let longest = 8_192

  /// Reads the head at the front of `text`.
  static func read(_ text: RawSpan) -> Reading {
    guard let end = lineEnd(of: text, from: 0) else { return unfinished(text) }
    guard end >= 13, text.extracting(0..<5).elementsEqual(("HTTP/" as StaticString).bytes),
      let status = number(in: text, 9..<12), 100..<600 ~= status
    else { return .unreadable(.malformed) }
    // HTTP/1.0 closes unless it says otherwise.
    var isLast = text.byte(at: 7) == UInt8(ascii: "0")
    var length: UInt64?
    var start = end + 1
    while let end = lineEnd(of: text, from: start) {
      if end == start || end == start + 1 && text.byte(at: start) == 0x0D {
        if status == 204 || status == 304 || status < 200 { length = 0 }
        guard let length else { return .unreadable(.lengthless) }
        return .head(
          ResponseHead(byteCount: end + 1, status: UInt16(status), bodyCount: length, isLast: isLast))
      }
      switch text.byte(at: start) | 0x20 {
      case UInt8(ascii: "c"):
        if let value = value(of: "content-length:", in: text, start..<end) {
          guard let count = number(in: text, value) else { return .unreadable(.malformed) }
          length = count
        } else if let value = value(of: "connection:", in: text, start..<end) {
          isLast = equals(text, value, "close")
        }
      case UInt8(ascii: "t"):
        if value(of: "transfer-encoding:", in: text, start..<end) != nil { return .unreadable(.chunked) }
      default: break
      }
      start = end + 1
    }
    return unfinished(text)
  }

  private static func unfinished(_ text: RawSpan) -> Reading {
    text.byteCount < longest ? .incomplete : .unreadable(.malformed)
  }

  /// The place of the next line feed, eight bytes at a time: the lowest mark of the classic test for a zero byte is exact.
  private static func lineEnd(of text: RawSpan, from start: Int) -> Int? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let marks: UInt64 = 0x8080_8080_8080_8080
    var offset = start
    while offset &+ 8 <= text.byteCount {
      let difference = text.littleEndianUInt64(at: offset) ^ 0x0A &* ones
      let found = (difference &- ones) & ~difference & marks
      if found != 0 { return offset &+ found.trailingZeroBitCount &>> 3 }
      offset &+= 8
    }
    while offset < text.byteCount {
      if text.byte(at: offset) == 0x0A { return offset }
      offset &+= 1
    }
    return nil
  }

  /// Where the value of a line stands if its name, written in small letters, is that of a field.
  private static func value(of name: StaticString, in text: RawSpan, _ line: Range<Int>) -> Range<Int>? {
    let count = name.utf8CodeUnitCount
    guard line.count > count, equals(text, line.lowerBound..<(line.lowerBound + count), name) else { return nil }
    var (lower, upper) = (line.lowerBound + count, line.upperBound)
    while lower < upper, isSpace(text.byte(at: lower)) { lower += 1 }
    while upper > lower, isSpace(text.byte(at: upper - 1)) { upper -= 1 }
    return lower..<upper
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  /// Whether the letters of a range are those of `literal`, which is written in small ones.
  private static func equals(_ text: RawSpan, _ range: Range<Int>, _ literal: StaticString) -> Bool {
    let letters = literal.bytes
    guard range.count == letters.byteCount else { return false }
    for index in 0..<letters.byteCount {
      let byte = text.byte(at: range.lowerBound + index)
      let small = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
      guard small == letters.byte(at: index) else { return false }
    }
    return true
  }

  private static func number(in text: RawSpan, _ range: Range<Int>) -> UInt64? {
    guard 1...18 ~= range.count else { return nil }
    var value: UInt64 = 0
    for offset in range {
      let digit = text.byte(at: offset) &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ UInt64(digit)
    }
    return value
  }
}
