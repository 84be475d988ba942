import HTTP
import TestKit
import Testing

@testable import Server

/// Requests that come again within a second.
struct AnswerMemoryTests {
  private static let files = ["/a.txt": "first", "/b.txt": "second"]
  private let bench: EngineBench

  init() throws {
    bench = try EngineBench(try BenchSite.pack(AnswerMemoryTests.files))
  }

  private func get(_ path: String, _ fields: String = "", method: String = "GET") throws -> Answer {
    let request = "\(method) \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
    let answers = try Answer.all(in: try bench.exchange([Array(request.utf8)]).received) { _ in method != "HEAD" }
    try #require(answers.count == 1)
    return answers[0]
  }

  @Test func `The same bytes get the same answer, from one head`() throws {
    let first = try get("/a.txt")
    let used = bench.engine.heads.count
    let second = try get("/a.txt")
    #expect(first == second)
    #expect(second.text == "first")
    #expect(bench.engine.heads.count == used)
    #expect(bench.engine.counters.requests == 2)
    #expect(bench.engine.counters.successes == 2)
  }

  @Test func `Other bytes get another answer`() throws {
    let tag = try #require(try get("/a.txt").field("ETag"))
    #expect(try get("/b.txt").text == "second")
    #expect(try get("/a.txt", "If-None-Match: \(tag)\r\n").status == 304)
    #expect(try get("/a.txt", "If-None-Match: \(tag)\r\n").status == 304)
    #expect(try get("/a.txt", "Range: bytes=1-2\r\n").text == "ir")
    #expect(try get("/a.txt", method: "HEAD").body.isEmpty)
    #expect(try get("/a.txt").text == "first")
  }

  @Test func `The next second has another date`() throws {
    let first = try get("/a.txt")
    bench.engine.setDate(unixSeconds: EngineBench.unixSeconds + 1)
    let second = try get("/a.txt")
    #expect(first.field("Date") == "Wed, 25 Nov 2026 12:00:00 GMT")
    #expect(second.field("Date") == "Wed, 25 Nov 2026 12:00:01 GMT")
  }

  @Test func `A request known from before may be followed by another`() throws {
    let request = Array("GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    let client = try bench.exchange([request, request, request + request])
    #expect(try Answer.all(in: client.received).map(\.text) == ["first", "first", "first", "first"])
  }

  @Test func `A server that ends closes connections behind the answer all the same`() throws {
    _ = try get("/a.txt")
    let port = try bench.open()
    try bench.send(Array("GET /a.txt HTTP/1.1\r\n".utf8), on: port)
    #expect(bench.clients[port]?.isClosed == false)
    bench.engine.isDraining = true
    try bench.send(Array("Host: a\r\n\r\n".utf8), on: port)
    #expect(bench.clients[port]?.isClosed == true)
  }

  @Test func `What is remembered gives way when heads are scarce`() throws {
    var heads = HeadPool(capacity: 16)
    var memory = AnswerMemory(heads: 16)
    let text = [UInt8]("GET / HTTP/1.1\r\n\r\n".utf8)
    let allocated = heads.allocate()
    let place = try #require(allocated)
    let answer = AnswerMemory.Answer(
      response: Response(status: .ok, head: place, keepsAlive: true), request: .init(), group: nil)
    memory.remember(answer, to: text.rawSpan, second: 1, in: &heads)
    heads.release(place)
    let held = heads.count
    #expect(held == 1)
    let (first, second) = (memory.place(of: text.rawSpan, second: 1), memory.place(of: text.rawSpan, second: 2))
    let found = try #require(first)
    let head = memory[found].response.head
    #expect(head == place)
    #expect(second == nil)
    memory.forget(in: &heads)
    let left = heads.count
    let last = memory.place(of: text.rawSpan, second: 1)
    #expect(left == 0)
    #expect(last == nil)
  }
}
