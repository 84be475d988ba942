import Cache
import Pack
import TestKit
import Testing
import Time

@testable import Server

/// What is read before it is asked for.
struct PrefetchTests {
  private static let page = [UInt8](repeating: 0x61, count: 200_000)
  private static let film = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 11) }

  /// A bench with a page of several blocks, which are a group, and a film of many, which are none.
  private func bench(groups: Bool = true, ahead: Bool = true, frames: Int = 64) throws -> EngineBench {
    var configuration = EngineConfiguration()
    configuration.prefetchesGroups = groups
    configuration.readsAhead = ahead
    let pack = try BenchSite.pack(["/page.html": PrefetchTests.page, "/film.bin": PrefetchTests.film])
    return try EngineBench(pack, configuration: configuration, frames: frames)
  }

  private func get(_ path: String, _ bench: EngineBench) throws -> Answer {
    let request = "GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    let answers = try Answer.all(in: try bench.exchange([Array(request.utf8)]).received)
    return try #require(answers.first)
  }

  @Test func `A cold page is one read behind that of the index`() throws {
    let bench = try bench(ahead: false)
    #expect(try get("/page.html", bench).body == PrefetchTests.page)
    #expect(bench.disk.runs.map(\.count) == [1, 4])
  }

  @Test func `Of a block that several pages are in a cold one is read from its record on, and each byte once`() throws {
    let pages = Dictionary(
      uniqueKeysWithValues: (0x61..<0x64 as Range<UInt8>).map { letter in
        ("/\(Character(Unicode.Scalar(letter))).html", [UInt8](repeating: letter, count: 15_000))
      })
    let bench = try EngineBench(try BenchSite.pack(pages))
    #expect(try get("/c.html", bench).body == pages["/c.html"])
    let last = try #require(bench.disk.parts.last)
    #expect(bench.disk.parts == [0..<65_536, last])
    #expect(last.lowerBound >= 28_672 && last.upperBound == 65_536)
    #expect(try get("/b.html", bench).body == pages["/b.html"])
    #expect(try get("/a.html", bench).body == pages["/a.html"])
    #expect(bench.disk.parts.map(\.upperBound) == [65_536, 65_536, last.lowerBound, bench.disk.parts[2].lowerBound])
    #expect(bench.disk.parts[3].lowerBound == 0)
    for (path, page) in pages { #expect(try get(path, bench).body == page) }
    #expect(bench.disk.count == 4)
  }

  @Test func `Without prefetch and read-ahead each block is a read of its own`() throws {
    let bench = try bench(groups: false, ahead: false)
    #expect(try get("/page.html", bench).body == PrefetchTests.page)
    #expect(bench.disk.runs.map(\.count) == [1, 1, 1, 1, 1])
  }

  @Test func `A long file is read ahead in pieces as long as the windows allow`() throws {
    let bench = try bench()
    #expect(try get("/film.bin", bench).body == PrefetchTests.film)
    let lengths = bench.disk.runs.dropFirst().map(\.count)
    #expect(lengths.reduce(0, +) == 32)
    #expect(lengths.max() == 3, "\(lengths)")
  }

  @Test func `Without read-ahead a long file is read as it is sent`() throws {
    let bench = try bench(ahead: false)
    #expect(try get("/film.bin", bench).body == PrefetchTests.film)
    #expect(bench.disk.runs.allSatisfy { $0.count == 1 })
  }

  @Test func `Reading stops with a peer that acknowledges nothing, and goes on with it`() throws {
    let bench = try bench()
    let port = try bench.open()
    bench.clients[port]?.isSilent = true
    try bench.send(Array("GET /film.bin HTTP/1.1\r\nHost: a\r\n\r\n".utf8), on: port)
    let count = bench.disk.count
    #expect(count < 6, "\(bench.disk.runs)")
    try bench.advance(by: .milliseconds(900))
    #expect(bench.disk.count == count)
    bench.clients[port]?.isSilent = false
    try bench.advance(by: .seconds(10))
    let answers = try Answer.all(in: bench.clients[port]?.received ?? [])
    #expect(answers.first?.body == PrefetchTests.film)
  }

  @Test func `A cache of four frames serves several long files at once, and nothing is dropped`() throws {
    let bench = try bench(frames: 4)
    let ports = try (0..<6).map { _ in try bench.open() }
    for (number, port) in ports.enumerated() {
      bench.clients[port]?.isSilent = true
      let request = "GET /film.bin HTTP/1.1\r\nHost: a\r\nRange: bytes=\(number * 300_000)-\r\n\r\n"
      try bench.send(Array(request.utf8), on: port)
    }
    #expect(bench.engine.cache.counters.pinned == 4)
    #expect(ports.count { bench.clients[$0]?.received.isEmpty == true } > 0)
    for port in ports { bench.clients[port]?.isSilent = false }
    try bench.advance(by: .seconds(20))
    for (number, port) in ports.enumerated() {
      let answer = try Answer.all(in: bench.clients[port]?.received ?? []).first
      #expect(answer?.body == Array(PrefetchTests.film.dropFirst(number * 300_000)), "\(number)")
    }
    #expect(bench.engine.cache.counters.pinned == 0)
  }
}
