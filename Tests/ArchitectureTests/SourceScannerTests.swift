import Testing

/// The reader on which all rules stand.
struct SourceScannerTests {
  static func code(_ text: String) -> String { String(decoding: SourceScanner(text).code, as: UTF8.self) }

  static func comments(_ text: String) -> String { String(decoding: SourceScanner(text).comments, as: UTF8.self) }

  /// The code's words without the space between them.
  static func words(_ text: String) -> [String] { SourceFile(path: "", text: text).tokens.map(\.text) }

  @Test func `A line comment ends with its line`() {
    #expect(SourceScannerTests.code("a // b\nc") == "a     \nc")
    #expect(SourceScannerTests.comments("a // b\nc") == "  // b\n ")
  }

  @Test func `Block comments nest and keep their lines`() {
    #expect(SourceScannerTests.words("a /* b /* c\n */ d */ e") == ["a", "e"])
    #expect(SourceScannerTests.code("/*\n\n*/").split(separator: "\n", omittingEmptySubsequences: false).count == 3)
  }

  @Test(arguments: [
    #"a "b { // c" d"#, #"a "\"{" d"#, #"a "\\" d"#, ##"a #"b " \ { "# d"##, "a \"\" d", ##"a #"""b "" { """# d"##,
  ])
  func `What stands in a string is no code`(text: String) {
    #expect(SourceScannerTests.words(text).filter { !["\"", "#"].contains($0) } == ["a", "d"])
  }

  @Test func `What stands in a string of many lines is no code`() {
    let text = "a \"\"\"\n  b \" {\n  // c\n  \"\"\" d"
    #expect(SourceScannerTests.words(text).filter { $0 != "\"" } == ["a", "d"])
    #expect(SourceFile(path: "", text: text).tokens.last?.line == 4)
  }

  @Test(arguments: [
    (#""b \(c(d)) e" f"#, ["c", "(", "d", ")", ")", "f"]), (#""\(a("x)")) b" c"#, ["a", "(", ")", ")", "c"]),
    (##"#"\(a) \#(b)"# c"##, ["b", ")", "c"]),
  ])
  func `What is interpolated is code`(text: String, words: [String]) {
    #expect(
      SourceScannerTests.words(text).filter { !["\"", "#", "\\"].contains($0) }.suffix(words.count) == words[...])
  }

  @Test func `A name between backticks may hold anything`() {
    #expect(SourceScannerTests.words("func `a { \"b // c`() {}").filter { $0 == "{" }.count == 1)
  }

  @Test func `Words know their lines`() {
    let tokens = SourceFile(path: "", text: "let a_1\n\n  = 20").tokens
    #expect(tokens.map(\.text) == ["let", "a_1", "=", "20"])
    #expect(tokens.map(\.line) == [1, 1, 3, 3])
  }

  @Test func `The package is found, and all of it`() throws {
    let files = try Repository.current.get().files
    #expect(files.contains { $0.path == "Package.swift" })
    #expect(files.contains { $0.path == "Tests/ArchitectureTests/SourceScannerTests.swift" })
    #expect(files.contains { $0.path == "CModules/CLinux/CLinux.c" })
    #expect(files.count > 100)
  }

  @Test func `Braces balance in every file once strings and comments are out`() throws {
    for file in try Repository.current.get().files {
      let depths = file.tokens.map { $0.text == "{" ? 1 : $0.text == "}" ? -1 : 0 }
      #expect(depths.reduce(0, +) == 0, "\(file.path)")
    }
  }
}
