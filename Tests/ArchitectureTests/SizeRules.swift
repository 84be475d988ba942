/// No file is longer than one sits down to read.
struct FileSizeRule: FileRule {
  /// The most lines a file may have.
  static let limit = 400

  func violations(in file: SourceFile) -> [Violation] {
    guard file.lines.count > FileSizeRule.limit else { return [] }
    let message = "\(file.lines.count) lines, where \(FileSizeRule.limit) are the most"
    return [Violation(path: file.path, line: FileSizeRule.limit + 1, message: message)]
  }
}

/// No function is longer than one screen.
struct FunctionSizeRule: FileRule {
  /// The most lines a function may have, from its keyword to its closing brace.
  static let limit = 60

  func violations(in file: SourceFile) -> [Violation] {
    let scanner = FunctionScanner(file.tokens)
    let functions = file.isSwift ? scanner.swiftFunctions : scanner.cFunctions
    return functions.filter { $0.lineCount > FunctionSizeRule.limit }.map { function in
      Violation(
        path: file.path, line: function.line,
        message: "`\(function.name)` has \(function.lineCount) lines, where \(FunctionSizeRule.limit) are the most")
    }
  }
}
