import Cache
import Pack
import TestKit
import Testing

@testable import Server

/// A new pack in the place of the one that is served.
struct PackSwapTests {
  private let bench: EngineBench

  init() throws {
    bench = try EngineBench(try BenchSite.pack(["/a.txt": "old", "/gone.txt": "gone"]))
  }

  private func get(_ path: String, _ fields: String = "") throws -> Answer {
    let request = "GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
    let answers = try Answer.all(in: try bench.exchange([Array(request.utf8)]).received) { _ in true }
    try #require(answers.count == 1)
    return answers[0]
  }

  /// Serves another pack from here on.
  private func mount(_ files: [String: String]) throws -> PackSlot? {
    let pack = try BenchSite.pack(files)
    let superblock = try Superblock(parsing: Array(pack.prefix(BlockGeometry.byteCount)).rawSpan)
    let slot = bench.engine.mount(superblock)
    if let slot {
      while bench.disk.packs.count <= slot.number { bench.disk.packs.append([]) }
      bench.disk.packs[slot.number] = pack
    }
    return slot
  }

  @Test func `After a new pack everything comes from it`() throws {
    let old = try get("/a.txt")
    #expect(old.text == "old")
    #expect(try mount(["/a.txt": "new", "/more.txt": "more"]) == PackSlot(1))
    let new = try get("/a.txt")
    #expect(new.text == "new")
    #expect(new.field("ETag") != old.field("ETag"))
    #expect(try get("/more.txt").text == "more")
    #expect(try get("/gone.txt").status == 404)
    let tag = try #require(old.field("ETag"))
    #expect(try get("/a.txt", "If-None-Match: \(tag)\r\n").text == "new")
  }

  @Test func `The pack before goes when nothing of it is needed`() throws {
    #expect(try get("/a.txt").text == "old")
    let before = bench.engine.isLeaving
    _ = try mount(["/a.txt": "new"])
    let during = bench.engine.isLeaving
    let slots = [bench.engine.nextUnmounted(), bench.engine.nextUnmounted()]
    #expect(slots == [PackSlot(0), nil])
    #expect([before, during, bench.engine.isLeaving] == [false, true, false])
    #expect(try get("/a.txt").text == "new")
  }

  @Test func `Slots are used again, and never show what was in them before`() throws {
    for round in 0..<20 {
      #expect(try mount(["/a.txt": "round \(round)"]) != nil)
      #expect(try get("/a.txt").text == "round \(round)")
      while bench.engine.nextUnmounted() != nil {}
      #expect(try get("/a.txt").text == "round \(round)")
    }
  }

  @Test func `When every slot is in use the pack stays`() throws {
    for round in 1..<PackSlot.count { #expect(try mount(["/a.txt": "\(round)"]) == PackSlot(round)) }
    #expect(try mount(["/a.txt": "too many"]) == nil)
    #expect(try get("/a.txt").text == "\(PackSlot.count - 1)")
  }
}
