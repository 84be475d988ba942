/// Finds the bodies of functions by their braces.
struct FunctionScanner {
  /// A function, initializer, subscript or computed property with its body.
  struct Function: Equatable {
    /// Its name, or the keyword where there is none.
    let name: String
    /// The line on which it begins.
    let line: Int
    /// Lines from there to the closing brace, both included.
    let lineCount: Int
  }

  private let tokens: [Token]

  /// Looks at the tokens of a file.
  init(_ tokens: [Token]) {
    self.tokens = tokens
  }

  /// The functions of a Swift file, in order; those inside others as well.
  var swiftFunctions: [Function] {
    tokens.indices.compactMap { start in
      let keyword = tokens[start].text
      guard FunctionScanner.keywords.contains(keyword), start == 0 || tokens[start - 1].text != "." else { return nil }
      guard let opening = body(after: start), let closing = end(of: opening) else { return nil }
      let name = ["func", "var"].contains(keyword) ? tokens[start + 1].text : keyword
      return function(name, from: start, to: closing)
    }
  }

  /// The functions of a C file: outermost braces that follow a closing parenthesis.
  var cFunctions: [Function] {
    var functions: [Function] = []
    var position = 0
    while position < tokens.count {
      guard tokens[position].text == "{", let closing = end(of: position) else {
        position += 1
        continue
      }
      if position > 0 && tokens[position - 1].text == ")" {
        functions.append(function("function", from: position - 1, to: closing))
      }
      position = closing + 1
    }
    return functions
  }

  private func function(_ name: String, from start: Int, to end: Int) -> Function {
    Function(name: name, line: tokens[start].line, lineCount: tokens[end].line - tokens[start].line + 1)
  }

  /// The brace that opens the body of the declaration at `start`; nil where it has none.
  private func body(after start: Int) -> Int? {
    var depth = 0
    for index in (start + 1)..<tokens.count {
      switch tokens[index].text {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{" where depth == 0: return index
      case "}" where depth == 0: return nil
      case "=" where depth == 0 && tokens[start].text == "var": return nil
      case let text where depth == 0 && index > start + 1 && FunctionScanner.endings.contains(text): return nil
      default: break
      }
    }
    return nil
  }

  /// The brace that closes the one at `opening`.
  private func end(of opening: Int) -> Int? {
    var depth = 0
    for index in opening..<tokens.count {
      if tokens[index].text == "{" { depth += 1 }
      if tokens[index].text == "}" { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  private static let keywords: Set<String> = ["func", "init", "deinit", "subscript", "var"]

  /// What begins the next declaration, so that the one before it has no body.
  private static let endings: Set<String> = [
    "func", "init", "deinit", "subscript", "var", "let", "case", "struct", "enum", "class", "protocol", "extension",
    "typealias", "associatedtype", "static", "mutating", "package", "private",
  ]
}
