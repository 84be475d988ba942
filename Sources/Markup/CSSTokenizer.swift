/// Cuts CSS into tokens (CSS Syntax Module Level 3, §4.3). Nothing is an error: whatever stands there is some token.
struct CSSTokenizer {
  private let bytes: [UInt8]
  private var position = 0

  /// A tokenizer of a style sheet, or of part of one.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next token; nil at the end.
  mutating func next() -> CSSToken? {
    skipComments()
    guard let byte = peek() else { return nil }
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
      while let byte = peek(), CSSTokenizer.isSpace(byte) { position += 1 }
      return .space
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return string(endedBy: byte)
    case UInt8(ascii: "@") where startsName(at: position + 1):
      position += 1
      return .atKeyword(name().lowercased())
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      // A number takes its unit with it, which else would look like a name.
      while let byte = peek(), CSSTokenizer.isNamePart(byte) || byte == UInt8(ascii: ".") { position += 1 }
      return .delimiter(byte)
    case UInt8(ascii: "#"):
      position += 1
      _ = name()
      return .delimiter(byte)
    case _ where startsName(at: position): return identifierLike()
    default:
      position += 1
      return .delimiter(byte)
    }
  }

  /// §4.3.4: a name, a function, or a `url()` without quotes.
  private mutating func identifierLike() -> CSSToken {
    let name = name()
    guard peek() == UInt8(ascii: "(") else { return .identifier(name) }
    position += 1
    guard name.lowercased() == "url" else { return .function(name.lowercased()) }
    let start = position
    skipSpace()
    if let byte = peek(), byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      position = start
      return .function("url")
    }
    return url()
  }

  /// §4.3.6, behind `url(` and white space.
  private mutating func url() -> CSSToken {
    var text: [UInt8] = []
    while let byte = peek() {
      position += 1
      switch byte {
      case UInt8(ascii: ")"): return .url(String(decoding: text, as: UTF8.self))
      case UInt8(ascii: "\\") where startsEscape(at: position - 1): text += escape()
      case _ where CSSTokenizer.isSpace(byte):
        skipSpace()
        guard peek() == nil || peek() == UInt8(ascii: ")") else { return badURL() }
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: "\\"), 0...0x08, 0x0B, 0x0E...0x1F,
        0x7F:
        return badURL()
      default: text.append(byte)
      }
    }
    return .url(String(decoding: text, as: UTF8.self))
  }

  /// §4.3.14: what is no URL goes up to its parenthesis, and means nothing.
  private mutating func badURL() -> CSSToken {
    while let byte = peek() {
      position += 1
      if byte == UInt8(ascii: ")") { break }
      if byte == UInt8(ascii: "\\"), startsEscape(at: position - 1) { _ = escape() }
    }
    return .delimiter(UInt8(ascii: ")"))
  }

  /// §4.3.5.
  private mutating func string(endedBy quote: UInt8) -> CSSToken {
    position += 1
    var text: [UInt8] = []
    while let byte = peek() {
      position += 1
      switch byte {
      case quote: return .string(String(decoding: text, as: UTF8.self))
      case 0x0A, 0x0C, 0x0D:
        // A bad string ends with its line.
        position -= 1
        return .delimiter(quote)
      case UInt8(ascii: "\\"):
        if startsEscape(at: position - 1) { text += escape() } else { position += peek() == nil ? 0 : 1 }
      default: text.append(byte)
      }
    }
    return .string(String(decoding: text, as: UTF8.self))
  }

  /// §4.3.11.
  private mutating func name() -> String {
    var text: [UInt8] = []
    while let byte = peek() {
      if CSSTokenizer.isNamePart(byte) {
        text.append(byte)
        position += 1
      } else if startsEscape(at: position) {
        position += 1
        text += escape()
      } else {
        break
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// §4.3.7, behind the backslash.
  private mutating func escape() -> [UInt8] {
    var (value, digits) = (0 as UInt32, 0)
    while digits < 6, let byte = peek(), let digit = Character(UnicodeScalar(byte)).hexDigitValue {
      value = value * 16 + UInt32(digit)
      digits += 1
      position += 1
    }
    guard digits > 0 else {
      defer { position += 1 }
      return peek().map { [$0] } ?? []
    }
    if let byte = peek(), CSSTokenizer.isSpace(byte) { position += 1 }
    let scalar = value == 0 ? "\u{FFFD}" : UnicodeScalar(value) ?? "\u{FFFD}"
    return Array(String(Character(scalar)).utf8)
  }
}

/// What stands where.
extension CSSTokenizer {
  private func peek(_ offset: Int = 0) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private mutating func skipSpace() {
    while let byte = peek(), CSSTokenizer.isSpace(byte) { position += 1 }
  }

  /// §4.3.2.
  private mutating func skipComments() {
    while peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
      position += 2
      while position < bytes.count, peek() != UInt8(ascii: "*") || peek(1) != UInt8(ascii: "/") { position += 1 }
      position = min(position + 2, bytes.count)
    }
  }

  /// §4.3.9.
  private func startsName(at start: Int) -> Bool {
    guard start < bytes.count else { return false }
    if bytes[start] == UInt8(ascii: "-") {
      guard start + 1 < bytes.count else { return false }
      return bytes[start + 1] == UInt8(ascii: "-") || CSSTokenizer.isNameStart(bytes[start + 1])
        || startsEscape(at: start + 1)
    }
    return CSSTokenizer.isNameStart(bytes[start]) || startsEscape(at: start)
  }

  /// §4.3.8.
  private func startsEscape(at start: Int) -> Bool {
    start + 1 < bytes.count && bytes[start] == UInt8(ascii: "\\") && ![0x0A, 0x0C, 0x0D].contains(bytes[start + 1])
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(byte) }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    isNameStart(byte) || byte == UInt8(ascii: "-") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
  }
}
