/// A word or a sign of the code, and the line it stands on.
struct Token: Equatable {
  /// A name, keyword or number as a whole, or a single sign.
  let text: String
  /// The line, the first being 1.
  let line: Int

  /// The words and signs of code from which comments and strings were removed.
  static func tokens(of code: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var line = 1
    var start = 0
    while start < code.count {
      let first = code[start]
      var end = start + 1
      if first.isWord {
        while end < code.count, code[end].isWord { end += 1 }
      }
      if first == UInt8(ascii: "\n") {
        line += 1
      } else if first > UInt8(ascii: " ") {
        tokens.append(Token(text: String(decoding: code[start..<end], as: UTF8.self), line: line))
      }
      start = end
    }
    return tokens
  }
}

extension UInt8 {
  /// Whether this byte may stand in a name: letters, digits, the underscore and all that is not ASCII.
  fileprivate var isWord: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF: true
    default: false
    }
  }
}
