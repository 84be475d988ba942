/// A file of the package as the rules see it.
struct SourceFile {
  /// The path below the package's root, `Sources/TCP/Connection.swift`.
  let path: String
  /// The lines as they are.
  let lines: [Substring]
  /// The comments, line by line; empty lines where there is none.
  let comments: [Substring]
  /// The code without comments and the contents of strings, line by line.
  let code: [Substring]
  /// The words and signs of the code.
  let tokens: [Token]

  /// A file with this text.
  init(path: String, text: String) {
    let scanner = SourceScanner(text)
    self.path = path
    self.lines = SourceFile.lines(of: text)
    self.comments = SourceFile.lines(of: String(decoding: scanner.comments, as: UTF8.self))
    self.code = SourceFile.lines(of: String(decoding: scanner.code, as: UTF8.self))
    self.tokens = Token.tokens(of: scanner.code)
  }

  /// `Sources`, `Tests`, `CModules`, or the file's own name at the root.
  var top: Substring { path.prefix { $0 != "/" } }

  /// The target, which is the folder below the top.
  var target: Substring { path.split(separator: "/").dropFirst().first ?? "" }

  /// The file's own name.
  var name: Substring { path.split(separator: "/").last ?? "" }

  /// Whether this is Swift rather than C.
  var isSwift: Bool { path.hasSuffix(".swift") }

  private static func lines(of text: String) -> [Substring] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.last == "" ? lines.dropLast() : lines
  }
}
