import Pack
import PackBuilder
import TestKit
import Testing

/// The same input makes the same bytes.
struct DeterminismTests {
  static func files() -> [String: String] {
    var files: [String: String] = [:]
    for number in 0..<40 {
      files["/\(number % 7)/\(number * 7_919 % 41).html"] = String(repeating: "\(number)", count: 3_000)
    }
    return files
  }

  @Test func `The same files with the same times make the same pack, wherever they are`() throws {
    let (first, second) = (try TestSite(DeterminismTests.files()), try TestSite(DeterminismTests.files()))
    let bytes = try first.packed().bytes
    #expect(try first.packed().bytes == bytes)
    #expect(try second.packed().bytes == bytes)
  }

  @Test func `Another byte, name, time or option makes another identity`() throws {
    let identity = try TestSite(["/a.html": "a"]).packed().superblock.identity
    #expect(try TestSite(["/a.html": "b"]).packed().superblock.identity != identity)
    #expect(try TestSite(["/b.html": "a"]).packed().superblock.identity != identity)
    let touched = try TestSite()
    try touched.write("/a.html", Array("a".utf8), modified: TestSite.modified + 1)
    #expect(try touched.packed().superblock.identity != identity)
    var options = BuildOptions()
    options.notFoundPath = "/a.html"
    #expect(try TestSite(["/a.html": "a"]).packed(options).superblock.identity != identity)
    options = BuildOptions()
    options.fields = ["A: b"]
    #expect(try TestSite(["/a.html": "a"]).packed(options).superblock.identity != identity)
  }

  @Test func `An entity tag depends on the content and on nothing else`() throws {
    let site = try TestSite(["/a.html": "same", "/b.txt": "same", "/c.txt": "other"])
    try site.write("/d.txt", Array("same".utf8), modified: 1)
    let pack = try site.packed()
    let tag = try pack.answer("/a.html")?.field("ETag")
    // The first half of the SHA-256 of "same".
    #expect(tag == "\"0967115f2813a3541eaef77de9d9d577\"")
    #expect(try pack.answer("/b.txt")?.field("ETag") == tag)
    #expect(try pack.answer("/d.txt")?.field("ETag") == tag)
    #expect(try pack.answer("/c.txt")?.field("ETag") != tag)
  }
}
