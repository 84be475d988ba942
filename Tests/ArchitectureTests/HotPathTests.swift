import Testing

/// What may run for each packet.
struct HotPathTests {
  static let sample = """
    struct A {
      var b: String
      let c: (any D)?
      var e: @Sendable () async -> Void
      func f(_ g: @escaping () -> Void) {}
    }
    final class H {}
    let i: StaticString = "any String class async"
    extension A: CustomStringConvertible {}
    """

  @Test func `Nothing on a packet's way is text, existential, asynchronous or counted`() throws {
    HotPathRule().check(try Repository.current.get().swiftFiles(below: "Sources"))
  }

  @Test func `The rule sees each of them`() {
    #expect(HotPathRule().lines(of: HotPathTests.sample, at: "Sources/Stack/Bad.swift") == [2, 3, 4, 5, 7])
  }

  @Test(arguments: ["Sources/Stack/A+Text.swift", "Sources/PackBuilder/A.swift", "Sources/cheetah/A.swift"])
  func `Text for people and work done beforehand may be both`(path: String) {
    #expect(HotPathRule().lines(of: HotPathTests.sample, at: path) == [])
  }

  @Test func `Every layer on the way is a layer of the house`() {
    #expect(HotPathRule.layers.isSubset(of: Layer.all.filter(\.isCore).map(\.name)))
  }
}
