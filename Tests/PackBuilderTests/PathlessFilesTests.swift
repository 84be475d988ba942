import PackBuilder
import TestKit
import Testing

/// Files that are at no path, since a rule leads elsewhere all the same.
struct PathlessFilesTests {
  @Test func `A body lies where the layout has put it even if its file is at no path`() throws {
    var random = SeededRandom(seed: 0x5041_5448)
    let script = random.bytes(count: 5_000)
    // The first file ends at no multiple of 8, so that the second does not begin where it ends.
    for count in 1...8 {
      let site = try TestSite(["/0": String(repeating: "x", count: count), "/_redirects": "/a/* /b/:splat 301!"])
      try site.write("/a/app.js", script)
      try site.write("/b/app.js", script)
      let pack = try site.packed(PackLayoutTests.byName)
      #expect(try pack.check() == 2)
      #expect(try pack.answer("/b/app.js")?.body == script, "\(count)")
    }
  }

  @Test func `Long files that are at no path lie in runs of their own`() throws {
    var random = SeededRandom(seed: 0x5A49_5053)
    let site = try TestSite([
      "/index.html": "home", "/_redirects": "/downloads/* https://cdn.example.com/:splat 301!",
    ])
    for number in 0..<3 { try site.write("/downloads/\(number).zip", random.bytes(count: 600 << 10)) }
    let pack = try site.packed()
    #expect(try pack.check() == 2)
    #expect(try pack.answer("/")?.body == Array("home".utf8))
  }
}
