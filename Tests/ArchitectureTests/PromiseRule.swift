/// Comments neither divide a file that should be two nor put off what should be done.
struct PromiseRule: FileRule {
  /// The words by which such comments are known, in capitals.
  static let words: Set<Substring> = ["MARK", "TODO", "FIXME", "XXX", "HACK"]

  func violations(in file: SourceFile) -> [Violation] {
    file.comments.enumerated().flatMap { index, comment in
      comment.split { !$0.isLetter }.filter(PromiseRule.words.contains).map { word in
        Violation(path: file.path, line: index + 1, message: "`\(word)` in a comment: do it, or leave it out")
      }
    }
  }
}
