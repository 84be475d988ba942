import Testing

/// A place that breaks a rule.
struct Violation: Equatable, CustomStringConvertible {
  /// The file below the package's root.
  let path: String
  /// The line, the first being 1.
  let line: Int
  /// What is wrong, and what would be right.
  let message: String

  /// The place as compilers print it, and the message.
  var description: String { "\(path):\(line): \(message)" }
}

/// A rule that each file keeps or breaks on its own.
protocol FileRule {
  /// The places where `file` breaks the rule.
  func violations(in file: SourceFile) -> [Violation]
}

extension FileRule {
  /// Fails the test once for each place in `files` that breaks the rule.
  func check(_ files: [SourceFile]) {
    #expect(!files.isEmpty, "the rule had nothing to look at")
    for violation in files.flatMap(violations(in:)) {
      let name = violation.path.split(separator: "/").suffix(2).joined(separator: "/")
      let place = SourceLocation(fileID: name, filePath: violation.path, line: violation.line, column: 1)
      Issue.record("\(violation)", sourceLocation: place)
    }
  }

  /// The lines of a sample at which the rule is broken.
  func lines(of sample: String, at path: String) -> [Int] {
    violations(in: SourceFile(path: path, text: sample)).map(\.line)
  }
}
