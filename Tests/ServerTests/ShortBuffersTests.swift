import TestKit
import Testing
import Time

@testable import Server

/// What becomes of requests when all memory for them is taken: the bench has eight buffers.
struct ShortBuffersTests {
  private static let film = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 11) }
  private let bench: EngineBench

  init() throws {
    bench = try EngineBench(
      try BenchSite.pack(["/film.bin": ShortBuffersTests.film, "/a.txt": Array("hello".utf8)]), frames: 64)
  }

  private static func request(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n" }

  /// Clients that take nothing of an answer, and of whose next request a buffer holds the beginning.
  private func hold(buffers count: Int) throws {
    for _ in 0..<count {
      let port = try bench.open()
      bench.clients[port]?.isSilent = true
      try bench.send(Array("GET /film.bin HT".utf8), on: port)
      try bench.send(Array("TP/1.1\r\nHost: a\r\n\r\nG".utf8), on: port)
    }
  }

  @Test func `What was not taken may be something else when it comes again`() throws {
    try hold(buffers: 8)
    let port = try bench.open()
    try bench.send(Array("GET / HTTP/1.1\r\n".utf8), on: port)
    bench.clients[port]?.takeBack(16)
    try bench.send(Array(String(repeating: "\r\n", count: 9).utf8), on: port)
    #expect(try Answer.all(in: bench.clients[port]?.received ?? []).map(\.status) == [400])
  }

  @Test func `Whole requests behind a full queue are not thrown away for the beginning of another`() throws {
    _ = try bench.exchange([Array(ShortBuffersTests.request("/a.txt").utf8)])
    let port = try bench.open()
    bench.clients[port]?.isSilent = true
    try bench.send(Array(String(repeating: ShortBuffersTests.request("/a.txt"), count: 6).utf8), on: port)
    try hold(buffers: 7)
    let other = try bench.open()
    try bench.send(Array("GET /a.t".utf8), on: other)
    bench.clients[port]?.isSilent = false
    try bench.advance(by: .seconds(2))
    #expect(try Answer.all(in: bench.clients[port]?.received ?? []).map(\.status) == Array(repeating: 200, count: 6))
  }

  @Test func `Who has waited longest for a place has it first`() throws {
    var configuration = EngineConfiguration()
    configuration.mostCopies = 1
    let bench = try EngineBench(try BenchSite.pack(["/a.txt": "hello"]), configuration: configuration)
    let ports = try (0..<4).map { _ in try bench.open() }
    for port in ports {
      bench.clients[port]?.isSilent = true
      try bench.send(Array(ShortBuffersTests.request("/a.txt").utf8), on: port)
    }
    for (index, port) in ports.enumerated() {
      let received = bench.clients[port]?.received ?? []
      #expect(try Answer.all(in: received).map(\.body) == [Array("hello".utf8)], "the answer of number \(index)")
      try bench.reset(port)
    }
  }
}
