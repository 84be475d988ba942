/// Separates a Swift or C file into code and comments, so that a word in a string or a remark is not taken for code.
///
/// Both results are as long as the file, with spaces where the other stood: a line of one is the same line of the other.
struct SourceScanner {
  /// The file with comments and the contents of strings blanked. Quotes and interpolated code stay.
  private(set) var code: [UInt8]
  /// The file with everything but comments blanked.
  private(set) var comments: [UInt8]

  private let bytes: [UInt8]
  private var position = 0

  /// Separates `text`.
  init(_ text: String) {
    bytes = Array(text.utf8)
    code = bytes
    comments = bytes.map { $0 == .newline ? $0 : .space }
    while position < bytes.count { scanCode(inInterpolation: false) }
  }

  /// Goes over code: to the end of the file, or to the parenthesis that closes an interpolation.
  private mutating func scanCode(inInterpolation: Bool) {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case .slash where byte(1) == .slash: scanLineComment()
      case .slash where byte(1) == .star: scanBlockComment()
      case .quote: scanString(hashes: 0)
      case .hash where hashesBeforeQuote > 0: scanString(hashes: hashesBeforeQuote)
      case .backtick: scanRawIdentifier()
      case .open:
        depth += 1
        position += 1
      case .close:
        position += 1
        if inInterpolation && depth == 0 { return }
        depth -= 1
      default: position += 1
      }
    }
  }

  private mutating func scanLineComment() {
    while position < bytes.count, bytes[position] != .newline { takeAsComment() }
  }

  /// Block comments nest in Swift. Those of C do not, but none here has the opening sign in it.
  private mutating func scanBlockComment() {
    var depth = 0
    repeat {
      if bytes[position] == .slash && byte(1) == .star {
        depth += 1
        takeAsComment()
      } else if bytes[position] == .star && byte(1) == .slash {
        depth -= 1
        takeAsComment()
      }
      takeAsComment()
    } while depth > 0 && position < bytes.count
  }

  /// Goes over a string of one line or of many, with so many number signs around it.
  private mutating func scanString(hashes: Int) {
    position += hashes
    let quotes = byte(1) == .quote && byte(2) == .quote ? 3 : 1
    position += quotes
    while position < bytes.count {
      if starts(with: .quote, times: quotes) && starts(with: .hash, times: hashes, after: quotes) {
        position += quotes + hashes
        return
      }
      if bytes[position] == .backslash && starts(with: .hash, times: hashes, after: 1) {
        scanEscape(hashes: hashes)
      } else {
        blank()
      }
    }
  }

  /// Goes over a backslash and what it makes special.
  private mutating func scanEscape(hashes: Int) {
    for _ in 0...hashes { blank() }
    if position < bytes.count && bytes[position] == .open {
      position += 1
      scanCode(inInterpolation: true)
    } else {
      blank()
    }
  }

  /// Goes over a name between backticks, which may hold anything: it becomes a name of letters.
  private mutating func scanRawIdentifier() {
    position += 1
    while position < bytes.count, bytes[position] != .backtick, bytes[position] != .newline {
      code[position] = .letter
      position += 1
    }
    position += 1
  }
}

extension SourceScanner {
  /// The byte so far ahead; zero behind the end.
  private func byte(_ ahead: Int) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  private func starts(with expected: UInt8, times: Int, after ahead: Int = 0) -> Bool {
    (0..<times).allSatisfy { byte(ahead + $0) == expected }
  }

  /// How many number signs stand here before a quotation mark; zero where none follows them.
  private var hashesBeforeQuote: Int {
    var count = 0
    while byte(count) == .hash { count += 1 }
    return byte(count) == .quote ? count : 0
  }

  private mutating func takeAsComment() {
    guard position < bytes.count else { return }
    comments[position] = bytes[position]
    blank()
  }

  private mutating func blank() {
    guard position < bytes.count else { return }
    if bytes[position] != .newline { code[position] = .space }
    position += 1
  }
}

extension UInt8 {
  fileprivate static let newline = UInt8(ascii: "\n")
  fileprivate static let space = UInt8(ascii: " ")
  fileprivate static let slash = UInt8(ascii: "/")
  fileprivate static let star = UInt8(ascii: "*")
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let hash = UInt8(ascii: "#")
  fileprivate static let backtick = UInt8(ascii: "`")
  fileprivate static let backslash = UInt8(ascii: "\\")
  fileprivate static let open = UInt8(ascii: "(")
  fileprivate static let close = UInt8(ascii: ")")
  fileprivate static let letter = UInt8(ascii: "x")
}
