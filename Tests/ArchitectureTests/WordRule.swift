/// Words that must not stand in code.
struct WordRule: FileRule {
  /// What is looked for: tokens in a row, as `try !`. A token in angle brackets stands for any name with a capital.
  let phrases: [[String]]
  /// Why none of them may stand here.
  let reason: String

  /// A rule against `phrases`, whose tokens have spaces between them.
  init(_ phrases: [String], because reason: String) {
    self.phrases = phrases.map { $0.split(separator: " ").map(String.init) }
    self.reason = reason
  }

  func violations(in file: SourceFile) -> [Violation] {
    file.tokens.indices.flatMap { start in
      phrases.filter { phrase in matches(phrase, file.tokens[start...].prefix(phrase.count)) }.map { phrase in
        Violation(
          path: file.path, line: file.tokens[start].line, message: "`\(phrase.joined(separator: " "))`: \(reason)")
      }
    }
  }

  private func matches(_ phrase: [String], _ tokens: ArraySlice<Token>) -> Bool {
    phrase.count == tokens.count
      && zip(phrase, tokens).allSatisfy { word, token in
        word == "<Type>" ? token.text.first?.isUppercase == true : word == token.text
      }
  }
}
