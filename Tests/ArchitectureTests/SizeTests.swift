import Testing

/// How long files and functions may be.
struct SizeTests {
  @Test func `No file is longer than 400 lines`() throws {
    FileSizeRule().check(try Repository.current.get().files)
  }

  @Test func `Half of the files are shorter than 130 lines`() throws {
    let lengths = try Repository.current.get().files.filter(\.isSwift).map(\.lines.count).sorted()
    #expect(lengths[lengths.count / 2] <= 130)
  }

  @Test func `No function is longer than 60 lines`() throws {
    FunctionSizeRule().check(try Repository.current.get().files)
  }

  @Test func `The rule counts the lines of a file`() {
    let line = "let a = 1\n"
    #expect(FileSizeRule().lines(of: String(repeating: line, count: 400), at: "Good.swift") == [])
    #expect(FileSizeRule().lines(of: String(repeating: line, count: 401), at: "Bad.c") == [401])
  }

  @Test func `The rule counts the lines of a function`() {
    let statement = "  a()\n"
    let good = "func f() {\n\(String(repeating: statement, count: 58))}\n"
    let bad = "func f() {\n\(String(repeating: statement, count: 59))}\n"
    #expect(FunctionSizeRule().lines(of: good, at: "Good.swift") == [])
    #expect(FunctionSizeRule().lines(of: good + bad, at: "Bad.swift") == [61])
    #expect(FunctionSizeRule().lines(of: "int f(void) " + bad.dropFirst(9), at: "Bad.c") == [1])
  }

  @Test func `The scanner finds every kind of body`() {
    let sample = """
      protocol P {
        func none() -> Int
        var one: Int { get }
      }
      struct S {
        var stored: Int
        var value = make { 1 }
        init(a: Int = { 1 }()) {
          self.init(b: a)
        }
        subscript(index: Int) -> Int { index }
        func many<A>(
          _ a: A, text: String = "}"
        ) throws -> [A] where A: P {
          // }
          a.map { [$0] }
        }
        deinit {
        }
      }
      """
    let functions = FunctionScanner(SourceFile(path: "", text: sample).tokens).swiftFunctions
    #expect(functions.map(\.name) == ["one", "init", "subscript", "many", "deinit"])
    #expect(functions.map(\.lineCount) == [1, 3, 1, 6, 2])
  }
}
