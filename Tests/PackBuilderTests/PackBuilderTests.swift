import Foundation
import Pack
import PackBuilder
import TestKit
import Testing

/// A directory goes in, and comes out of the pack.
struct PackBuilderTests {
  @Test func `Every file is found under its path with its content`() throws {
    var random = SeededRandom(seed: 0x5349_5445)
    let site = try TestSite()
    var files: [String: [UInt8]] = [:]
    for number in 0..<60 {
      let directory = ["", "/a", "/a/b", "/c d", "/ä"][number % 5]
      let size = [0, 1, 200, 5_000, 63_000, 64_240, 70_000, 200_001][Int.random(in: 0...7, using: &random)]
      let path = "\(directory)/file-\(number).bin"
      files[path] = random.bytes(count: size)
      try site.write(path, files[path] ?? [])
    }
    let pack = try site.packed()
    #expect(try pack.check() == 60)
    for (path, content) in files {
      let answer = try #require(try pack.answer(path))
      #expect(answer.body == content, "\(path), \(random)")
      #expect(answer.field("Content-Length") == "\(content.count)")
    }
    #expect(try pack.answer("/file-0") == nil)
    #expect(try pack.answer("/") == nil)
  }

  @Test func `A directory with an index page is found by its name and by its page's`() throws {
    let site = try TestSite([
      "/index.html": "front", "/docs/index.html": "docs", "/docs/a.txt": "a", "/bare/b.txt": "b",
    ])
    let pack = try site.packed()
    #expect(try pack.answer("/")?.body == Array("front".utf8))
    #expect(try pack.answer("/index.html")?.head == pack.answer("/")?.head)
    #expect(try pack.answer("/docs/")?.place == pack.answer("/docs/index.html")?.place)
    #expect(try pack.answer("/docs")?.target == "/docs/")
    #expect(try pack.answer("/bare") == nil)
    #expect(try pack.answer("/bare/") == nil)
    #expect(try pack.check() == 7)
  }

  @Test func `Another name may stand for directories`() throws {
    let site = try TestSite(["/a/index.html": "no", "/a/default.htm": "yes"])
    var options = BuildOptions()
    options.indexName = "default.htm"
    #expect(try site.packed(options).answer("/a/")?.body == Array("yes".utf8))
  }

  @Test func `The page for what is not there is known to the superblock`() throws {
    let site = try TestSite(["/index.html": "x", "/404.html": "gone"])
    let pack = try site.packed()
    #expect(try pack.superblock.notFound == pack.answer("/404.html")?.record)
    var options = BuildOptions()
    options.notFoundPath = "/index.html"
    let other = try site.packed(options)
    #expect(try other.superblock.notFound == other.answer("/index.html")?.record)
    options.notFoundPath = "/none.html"
    #expect(throws: BuildError.noErrorPage(404, "/none.html")) { try site.packed(options) }
    #expect(try TestSite(["/index.html": "x"]).packed().superblock.notFound == nil)
  }

  @Test func `Equal content is stored once, unless it is small`() throws {
    var random = SeededRandom(seed: 0x4455_5045)
    let site = try TestSite()
    let (large, small) = (random.bytes(count: 100_000), random.bytes(count: 1_000))
    for path in ["/1.bin", "/2.txt", "/z/3.bin"] { try site.write(path, large) }
    for path in ["/s1.bin", "/s2.bin"] { try site.write(path, small) }
    let summary = try PackBuilder.pack(site.root, to: site.pack, options: BuildOptions())
    #expect(summary.sharedCount == 2 && summary.fileCount == 5)
    let pack = try PackedSite(bytes: site.bytes(of: site.pack))
    #expect(try pack.answer("/2.txt")?.place == pack.answer("/1.bin")?.place)
    #expect(try pack.answer("/z/3.bin")?.body == large)
    #expect(try pack.answer("/2.txt")?.field("Content-Type") == "text/plain; charset=utf-8")
    #expect(try pack.answer("/s1.bin")?.place != pack.answer("/s2.bin")?.place)
  }

  @Test func `Without groups neighbours lie side by side, and a directory's page is first`() throws {
    let site = try TestSite(["/b/z.html": "z", "/b/index.html": "i", "/b/a.css": "a", "/a/x.txt": "x", "/top.txt": "t"])
    let pack = try site.packed(PackLayoutTests.byName)
    let order = try ["/top.txt", "/a/x.txt", "/b", "/b/index.html", "/b/", "/b/a.css", "/b/z.html"].map { path in
      try #require(try pack.answer(path)).record.offset
    }
    #expect(order == order.sorted())
  }

  @Test func `Packs of many paths have many index blocks`() throws {
    let site = try TestSite()
    for number in 0..<3_500 { try site.write("/\(number).txt", []) }
    let pack = try site.packed()
    #expect(pack.superblock.indexBlockCount == 2)
    #expect(try pack.check() == 3_500)
    for number in stride(from: 0, to: 3_500, by: 50) {
      #expect(try pack.answer("/\(number).txt") != nil)
    }
  }

  @Test func `A survey says what packing then does`() throws {
    let site = try TestSite([
      "/index.html": "x", "/a/index.html": "y", "/b.bin": String(repeating: "b", count: 200_000),
    ])
    let survey = try PackBuilder.survey(site.root, options: BuildOptions())
    #expect(try site.neighbours == [])
    let summary = try PackBuilder.pack(site.root, to: site.pack, options: BuildOptions())
    #expect(survey == summary)
    #expect(summary.pathCount == 6 && summary.byteCount == 200_002)
    #expect(try site.bytes(of: site.pack).count == Int(summary.packByteCount))
  }

  @Test func `Progress goes from nothing to everything, twice`() throws {
    let site = try TestSite(["/a.txt": "aaa", "/b.txt": "bb", "/big.bin": String(repeating: "c", count: 3_000_000)])
    var reports: [BuildProgress] = []
    _ = try PackBuilder.pack(site.root, to: site.pack, options: BuildOptions()) { reports.append($0) }
    for phase in [BuildProgress.Phase.reading, .writing] {
      let states = reports.filter { $0.phase == phase }
      let last = try #require(states.last)
      #expect(last.filesDone == 3 && last.bytesDone == 3_000_005 && last.byteCount == 3_000_005)
      #expect(states.map(\.bytesDone) == states.map(\.bytesDone).sorted())
      #expect(states.count > 4, "a large file is more than one step")
    }
  }
}
