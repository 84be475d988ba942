import Testing

/// Where the compiler's checks are off.
struct UnsafeTests {
  @Test func `Unsafe code stands only in the files listed`() throws {
    let repository = try Repository.current.get()
    UnsafeRule().check(repository.swiftFiles(below: "Sources") + repository.swiftFiles(below: "Tests"))
  }

  @Test(arguments: UnsafePlace.all.map(\.path))
  func `A file that is listed and there needs to be listed`(path: String) throws {
    let files = try Repository.current.get().files.filter { $0.path == path }
    for file in files {
      #expect(!UnsafeRule.words.violations(in: file).isEmpty, "\(path) does nothing unsafe")
    }
  }

  @Test func `Every place has a reason`() {
    #expect(UnsafePlace.all.allSatisfy { !$0.reason.isEmpty })
    #expect(Set(UnsafePlace.all.map(\.path)).count == UnsafePlace.all.count)
  }

  @Test func `The rule sees each way to turn a check off`() {
    let sample = """
      let a = unsafe pointer.pointee
      @safe struct B {}
      extension C: @unchecked Sendable {}
      nonisolated(unsafe) var d = 1
      unowned(unsafe) let e: F
      // unsafe
      let g = "unsafe"
      let unsafely = 1
      """
    #expect(Set(UnsafeRule().lines(of: sample, at: "Sources/TCP/Bad.swift")) == [1, 2, 3, 4, 5])
    #expect(UnsafeRule().lines(of: sample, at: "Sources/LinuxLink/Good.swift") == [])
    #expect(UnsafeRule().lines(of: sample, at: "Sources/Cache/BlockArena.swift") == [])
    #expect(UnsafeRule().lines(of: "unsafe a()", at: "Sources/Cache/BlockArena+Text.swift") == [1])
  }
}
