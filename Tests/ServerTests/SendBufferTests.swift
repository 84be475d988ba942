import Cache
import TestKit
import Testing
import Time

@testable import Server

/// A send buffer, as other stacks have one, in the place of references into the cache.
struct SendBufferTests {
  private static let film = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 11) }

  private func bench(copies: Int) throws -> EngineBench {
    var configuration = EngineConfiguration()
    configuration.mostCopies = copies
    return try EngineBench(
      try BenchSite.pack(["/film.bin": SendBufferTests.film, "/small.txt": Array("hello".utf8)]),
      configuration: configuration, frames: 64)
  }

  private static func request(_ path: String) -> [UInt8] {
    Array("GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
  }

  @Test(arguments: [1, 2, 100]) func `Copies say the same as the cache, however few there may be`(copies: Int) throws {
    let bench = try bench(copies: copies)
    for (path, body) in [("/small.txt", Array("hello".utf8)), ("/film.bin", SendBufferTests.film)] {
      let answers = try Answer.all(in: try bench.exchange([SendBufferTests.request(path)]).received)
      #expect(answers.first?.body == body)
    }
    #expect(bench.engine.counters.sumsComputed > 10)
    #expect(bench.engine.copies.available == copies, "all are given back")
  }

  @Test func `No block is held while its copy is on its way`() throws {
    let bench = try bench(copies: 4)
    let port = try bench.open()
    bench.clients[port]?.isSilent = true
    try bench.send(SendBufferTests.request("/film.bin"), on: port)
    #expect(bench.engine.copies.available < 4)
    #expect(bench.engine.cache.counters.pinned == 0)
  }

  @Test func `Several connections share few copies, and all are answered`() throws {
    let bench = try bench(copies: 2)
    let ports = try (0..<5).map { _ in try bench.open() }
    for port in ports { bench.clients[port]?.isSilent = true }
    for port in ports { try bench.send(SendBufferTests.request("/film.bin"), on: port) }
    for port in ports { bench.clients[port]?.isSilent = false }
    try bench.advance(by: .seconds(60))
    for port in ports {
      #expect(try Answer.all(in: bench.clients[port]?.received ?? []).first?.body == SendBufferTests.film)
    }
  }

  @Test func `What a connection held when it was reset is there for those who wait for it`() throws {
    let bench = try bench(copies: 1)
    let (holder, other) = (try bench.open(), try bench.open())
    bench.clients[holder]?.isSilent = true
    try bench.send(SendBufferTests.request("/film.bin"), on: holder)
    try bench.send(SendBufferTests.request("/small.txt"), on: other)
    #expect(bench.clients[other]?.received.suffix(4) == Array("\r\n\r\n".utf8)[...], "a head, and nothing behind it")
    try bench.reset(holder)
    #expect(try Answer.all(in: bench.clients[other]?.received ?? []).first?.body == Array("hello".utf8))
  }
}
