/// Whatever another target can see says what it is.
struct DocumentationRule: FileRule {
  func violations(in file: SourceFile) -> [Violation] {
    DeclarationScanner(file.tokens).visible.compactMap { declaration in
      guard !isDocumented(declaration, in: file) else { return nil }
      return Violation(
        path: file.path, line: declaration.line, message: "other targets see this, and no comment says what it is")
    }
  }

  /// Whether a line above, past attributes, is a documentation comment.
  private func isDocumented(_ declaration: Token, in file: SourceFile) -> Bool {
    for line in (0..<(declaration.line - 1)).reversed() {
      let (code, comment) = (file.code[line].trimmed, file.comments[line].trimmed)
      if comment.hasPrefix("///") && code.isEmpty { return true }
      guard code.hasPrefix("@") else { return false }
    }
    return false
  }
}

/// Finds the declarations that other targets can see.
struct DeclarationScanner {
  private let tokens: [Token]

  /// Looks at the tokens of a file.
  init(_ tokens: [Token]) {
    self.tokens = tokens
  }

  /// What a brace belongs to.
  private enum Scope {
    case visibleProtocol
    case visibleEnumeration
    case other
  }

  /// The first word of each declaration that is `package` or `public`, of each case of such an enumeration, and of each
  /// requirement of such a protocol.
  var visible: [Token] {
    var visible: [Token] = []
    var scopes: [Scope] = []
    var next = Scope.other
    for index in tokens.indices {
      switch tokens[index].text {
      case "{":
        scopes.append(next)
        next = .other
      case "}": _ = scopes.popLast()
      case "package", "public":
        guard let keyword = keyword(after: index) else { continue }
        if keyword == "protocol" { next = .visibleProtocol }
        if keyword == "enum" { next = .visibleEnumeration }
        visible.append(tokens[index])
      case "case" where scopes.last == .visibleEnumeration: visible.append(tokens[index])
      case let text where scopes.last == .visibleProtocol && DeclarationScanner.requirements.contains(text):
        visible.append(tokens[index])
      default: break
      }
    }
    return visible
  }

  /// The keyword of the declaration whose access is at `index`; nil where nothing is declared that needs a comment.
  private func keyword(after index: Int) -> String? {
    let following = tokens[(index + 1)...].prefix(8)
    guard index == 0 || tokens[index - 1].text != ".", let first = following.first?.text else { return nil }
    guard !["(", "import", "extension"].contains(first) else { return nil }
    return following.map(\.text).first(where: DeclarationScanner.keywords.contains)
  }

  private static let requirements: Set<String> = ["func", "var", "init", "subscript", "associatedtype"]

  private static let keywords: Set<String> = requirements.union([
    "let", "struct", "enum", "class", "actor", "protocol", "typealias", "macro",
  ])
}
