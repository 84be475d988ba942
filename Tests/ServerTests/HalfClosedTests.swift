import TestKit
import Testing
import Time

@testable import Server

/// Clients that close their side behind what they ask for: all of it is still answered, and then we close ours.
struct HalfClosedTests {
  private static let request = "GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n"
  private let bench: EngineBench

  init() throws {
    bench = try EngineBench(try BenchSite.pack(["/a.txt": "hello"]))
  }

  /// Has the client close behind so many requests in one segment.
  private func answers(to requests: Int) throws -> [Answer] {
    let port = try bench.open()
    try bench.sendLast(Array(String(repeating: HalfClosedTests.request, count: requests).utf8), on: port)
    let client = try #require(bench.clients[port])
    #expect(client.isClosed && !client.isReset)
    return try Answer.all(in: client.received)
  }

  @Test(arguments: [1, 4, 5, 20]) func `Every request before the FIN is answered`(requests: Int) throws {
    _ = try bench.exchange([Array(HalfClosedTests.request.utf8)])
    #expect(try answers(to: requests).map(\.status) == Array(repeating: 200, count: requests))
  }

  @Test(arguments: [1, 3]) func `Our side is closed at once when the block has come`(requests: Int) throws {
    #expect(try answers(to: requests).map(\.status) == Array(repeating: 200, count: requests))
    #expect(bench.engine.counters.idleTimeouts == 0)
  }

  @Test func `The beginning of a request before the FIN is nothing`() throws {
    let port = try bench.open()
    try bench.sendLast(Array((HalfClosedTests.request + "GET /a.t").utf8), on: port)
    #expect(bench.clients[port]?.isClosed == true)
    #expect(try Answer.all(in: bench.clients[port]?.received ?? []).map(\.status) == [200])
  }

  @Test func `A server that stops answers nobody who comes then, and says so`() throws {
    let first = try bench.open()
    bench.engine.drain(at: bench.now)
    let port = try bench.open()
    try bench.send(Array(HalfClosedTests.request.utf8), on: port)
    #expect(bench.clients[port]?.received.isEmpty == true)
    #expect(bench.engine.counters.requests == 0)
    for port in [first, port] { try bench.end(port) }
  }
}
