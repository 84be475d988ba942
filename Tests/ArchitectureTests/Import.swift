/// An import as it stands in a file.
struct Import {
  /// The module, without what is taken out of it.
  let module: String
  /// The line.
  let line: Int
  /// The attributes before it, without their signs: `testable`, `_exported`.
  let attributes: [String]
}

extension SourceFile {
  /// The file's imports: `import A`, `package import A`, `@testable import A`, `import struct A.B`.
  var imports: [Import] {
    tokens.indices.filter { tokens[$0].text == "import" && (isSwift) }.compactMap { index in
      let line = tokens[index].line
      let before = tokens[..<index].filter { $0.line == line }.map(\.text)
      let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      guard let module = tokens[(index + 1)...].first(where: { !kinds.contains($0.text) }) else { return nil }
      let attributes = zip(before, before.dropFirst()).filter { $0.0 == "@" }.map(\.1)
      return Import(module: module.text, line: line, attributes: attributes)
    }
  }
}
