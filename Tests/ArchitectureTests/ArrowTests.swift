import Testing

/// The walls between the layers.
struct ArrowTests {
  static func manifest() throws -> Manifest {
    let file = try #require(try Repository.current.get().files.first { $0.path == "Package.swift" })
    return Manifest(file.lines.joined(separator: "\n"))
  }

  @Test func `No layer imports what it does not stand on`() throws {
    ArrowRule().check(try Repository.current.get().swiftFiles(below: "Sources"))
  }

  @Test func `The manifest draws no arrow that the house does not have`() throws {
    let manifest = try ArrowTests.manifest()
    for layer in Layer.all {
      let declared = manifest.dependencies[layer.name] ?? []
      let extra = declared.subtracting(layer.layers).subtracting(layer.outside)
      #expect(extra.isEmpty, "\(layer.name) is declared to depend on \(extra.sorted())")
    }
  }

  @Test func `What is imported is declared, in tests too`() throws {
    let manifest = try ArrowTests.manifest()
    let undeclared: Set<String> = ["Dispatch", "Foundation", "Glibc", "Synchronization", "Testing"]
    let repository = try Repository.current.get()
    for file in repository.swiftFiles(below: "Sources") + repository.swiftFiles(below: "Tests") {
      let allowed = undeclared.union(manifest.dependencies[String(file.target)] ?? [])
      for item in file.imports {
        #expect(allowed.contains(item.module), "\(file.path):\(item.line): `\(item.module)` is not declared")
      }
    }
  }

  @Test func `Every target in the manifest is a layer, and stands in its folder`() throws {
    let manifest = try ArrowTests.manifest()
    let folders = Set(try Repository.current.get().swiftFiles(below: "Sources").map { String($0.target) })
    #expect(folders.isSubset(of: manifest.dependencies.keys))
    #expect(folders.isSubset(of: Layer.all.map(\.name)))
  }

  @Test func `A core layer stands on core layers, and outside on nothing that acts`() {
    let core = Set(Layer.all.filter(\.isCore).map(\.name))
    for layer in Layer.all where layer.isCore {
      #expect(layer.layers.isSubset(of: core), "\(layer.name)")
      #expect(layer.outside.isSubset(of: ["CIsal", "CXML"]), "\(layer.name)")
    }
  }

  @Test func `No arrow leads back to where it came from`() {
    var rest = Layer.all
    var ground = Set(["CBrotli", "CCrypto", "CDeflate", "CIsal", "CLinux", "CNft", "CPcap", "CUring", "CZstd"])
    while let next = rest.firstIndex(where: { $0.layers.isSubset(of: ground) }) {
      ground.insert(rest.remove(at: next).name)
    }
    #expect(rest.map(\.name) == [], "these stand on each other")
  }

  @Test func `The rule sees every spelling of an import`() {
    let sample = """
      import Wire
      package import Stack
      import struct Foundation.Data
      @preconcurrency import Dispatch
      // import Glibc
      let text = "import Glibc"
      @_exported import Time
      """
    #expect(ArrowRule().lines(of: sample, at: "Sources/TCP/Bad.swift") == [2, 3, 4, 7])
  }

  @Test func `The rule knows each layer's own arrows`() {
    #expect(ArrowRule().lines(of: "import Time", at: "Sources/TCP/Good.swift") == [])
    #expect(ArrowRule().lines(of: "import Time", at: "Sources/HTTP/Bad.swift") == [1])
    #expect(ArrowRule().lines(of: "", at: "Sources/Unheard/Bad.swift") == [1])
  }

  @Test func `The manifest is read as it is written`() {
    let manifest = Manifest(
      """
      func layer(_ name: String) -> Target { .target(name: name) }
      layer("A"), layer("B", ["A"]),
      .executableTarget(name: "C", dependencies: ["A", .product(name: "D", package: "d")], path: "x"),
      suite("A", ["A", "B"]),
      """)
    #expect(manifest.dependencies == ["A": [], "B": ["A"], "C": ["A", "D"], "ATests": ["A", "B"]])
  }
}
