import Testing

/// What has to be said, and what must not.
struct DocumentationTests {
  /// Code that stops the program, or says that it is not finished.
  static let finished = WordRule(
    ["try !", "as !", "fatalError"], because: "nothing here gives up; throw, or make it impossible")

  @Test func `Whatever another target can see is documented`() throws {
    DocumentationRule().check(try Repository.current.get().swiftFiles(below: "Sources"))
  }

  @Test func `No code gives up`() throws {
    DocumentationTests.finished.check(try Repository.current.get().files)
  }

  @Test func `No comment is a banner or a promise`() throws {
    PromiseRule().check(try Repository.current.get().files)
  }

  @Test func `The rule finds what is not documented`() {
    let sample = """
      package import Wire
      /// Documented.
      package struct A {
        package let b = 1
        /// Documented.
        @inlinable
        @_lifetime(copy c)
        package init() {}
        // A remark is not a description.
        package private(set) var c = 2
        @inlinable package func d() {}
        let e = 3
      }
      let f: Target = .package(url: "")
      """
    #expect(DocumentationRule().lines(of: sample, at: "Sources/TCP/Bad.swift") == [4, 10, 11])
  }

  @Test func `The rule looks into enumerations and protocols that can be seen`() {
    let sample = """
      /// Documented.
      package enum A: Error {
        case b
        /// Documented.
        case c(d: Int)
        var e: Int {
          switch self {
          case .b: 1
          case .c(let d): d
          }
        }
      }
      enum F { case g }
      /// Documented.
      package protocol H {
        func i()
        /// Documented.
        var j: Int { get }
      }
      """
    #expect(DocumentationRule().lines(of: sample, at: "Sources/TCP/Bad.swift") == [3, 16])
  }

  @Test func `The rule finds code that gives up`() {
    let sample = """
      let a = try! b()
      let c = d as! E
      fatalError("f")
      let g = try? h() as? I
      // try! as! fatalError
      """
    #expect(DocumentationTests.finished.lines(of: sample, at: "Sources/TCP/Bad.swift") == [1, 2, 3])
  }

  @Test func `The rule finds banners and promises`() {
    let words = ["MARK", "TODO", "FIXME", "XXX", "HACK"]
    let sample = words.map { "// \($0): later" } + ["let todo = \"TODO\"", "// landmark", "/* TODO */"]
    #expect(PromiseRule().lines(of: sample.joined(separator: "\n"), at: "Bad.swift") == [1, 2, 3, 4, 5, 8])
  }
}
