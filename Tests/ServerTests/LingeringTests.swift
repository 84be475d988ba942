import Stack
import TestKit
import Testing
import Time

@testable import Server

/// Answers to clients that go on sending what nobody wants.
struct LingeringTests {
  private static let long = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
  private let bench: EngineBench

  init() throws {
    bench = try EngineBench(try BenchSite.pack(["/long.bin": LingeringTests.long]))
  }

  @Test(arguments: ["Content-Length: 1000000", "Transfer-Encoding: chunked"])
  func `A body longer than any buffer takes nothing away from the answer`(framing: String) throws {
    let request = "POST / HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n"
    let body = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
    let client = try bench.exchange([Array(request.utf8) + body])
    #expect(try Answer.all(in: client.received).map(\.status) == [405])
    #expect(client.isClosed && !client.isReset)
  }

  @Test
  func `A body that comes while a long answer is sent takes nothing away from it`() throws {
    let port = try bench.open()
    try bench.send(Array("GET /long.bin HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n".utf8), on: port)
    try bench.send([UInt8](repeating: UInt8(ascii: "x"), count: 900_000), on: port)
    let client = try #require(bench.clients[port])
    let answers = try Answer.all(in: client.received)
    #expect(answers.map(\.status) == [200] && answers[0].body == LingeringTests.long)
    #expect(client.isClosed && !client.isReset && bench.engine.counters.overloads == 0)
    try bench.end(port)
  }

  @Test
  func `A client that never closes is let go of in the end`() throws {
    let port = try bench.open()
    try bench.send(Array("GET / HTTP/1.1\r\n\r\n".utf8), on: port)
    #expect(bench.clients[port]?.isClosed == true)
    for _ in 0..<70 {
      try bench.advance(by: .seconds(1))
      if bench.engine.host.connectionCount > 0 { try bench.send([UInt8(ascii: "x")], on: port) }
    }
    #expect(bench.engine.host.connectionCount == 0)
  }

  @Test(arguments: ["GET", "HEAD"])
  func `A request that takes too long is answered with 408`(method: String) throws {
    let port = try bench.open()
    for byte in "\(method) / HTTP/1.1\r\n".utf8.prefix(12) {
      try bench.send([byte], on: port)
      try bench.advance(by: .seconds(1))
    }
    let client = try #require(bench.clients[port])
    let answers = try Answer.all(in: client.received) { _ in method == "GET" }
    #expect(answers.map(\.status) == [408] && !answers[0].keepsAlive && client.isClosed)
  }
}
