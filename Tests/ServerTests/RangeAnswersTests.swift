import TestKit
import Testing

@testable import Server

/// Ranges as they come out of a whole server.
struct RangeAnswersTests {
  private static let content = Array("abcdefghijklmnopqrstuvwxyz".utf8)
  private let bench: EngineBench

  init() throws {
    let long = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    bench = try EngineBench(try BenchSite.pack(["/letters.txt": RangeAnswersTests.content, "/long.bin": long]))
  }

  private func get(_ path: String, _ range: String, _ fields: String = "") throws -> Answer {
    let request = "GET \(path) HTTP/1.1\r\nHost: a\r\nRange: \(range)\r\n\(fields)\r\n"
    let answers = try Answer.all(in: try bench.exchange([Array(request.utf8)]).received)
    try #require(answers.count == 1)
    return answers[0]
  }

  @Test
  func `Several ranges are parts between delimiters that the content cannot hold`() throws {
    let answer = try get("/letters.txt", "bytes=0-1,20-,5-5")
    let tag = try #require(answer.field("ETag")).dropFirst().dropLast()
    #expect(answer.status == 206)
    #expect(answer.field("Content-Type") == "multipart/byteranges; boundary=\(tag)")
    #expect(answer.field("Content-Range") == nil)
    #expect(answer.field("Accept-Ranges") == "bytes")
    let expected = [("0-1", "ab"), ("20-25", "uvwxyz"), ("5-5", "f")].map { range, text in
      "\r\n--\(tag)\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes \(range)/26\r\n\r\n\(text)"
    }
    #expect(answer.text == expected.joined() + "\r\n--\(tag)--\r\n")
    #expect(answer.keepsAlive)
  }

  @Test
  func `Parts may lie blocks apart`() throws {
    let whole = try get("/long.bin", "bytes=0-")
    #expect(whole.body.count == 200_000)
    let answer = try get("/long.bin", "bytes=199000-,0-99,64000-130000")
    let tag = try #require(answer.field("ETag")).dropFirst().dropLast()
    var expected: [UInt8] = []
    for range in [199_000...199_999, 0...99, 64_000...130_000] {
      let front = "\r\n--\(tag)\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes "
      expected += Array("\(front)\(range.lowerBound)-\(range.upperBound)/200000\r\n\r\n".utf8) + whole.body[range]
    }
    #expect(answer.body == expected + Array("\r\n--\(tag)--\r\n".utf8))
  }

  @Test
  func `Requests behind one that is answered in parts are answered`() throws {
    let request = "GET /letters.txt HTTP/1.1\r\nHost: a\r\nRange: bytes=0-0,2-2\r\n\r\n"
    let last = "GET /letters.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    let client = try bench.exchange([Array((request + request + last).utf8)])
    let answers = try Answer.all(in: client.received)
    try #require(answers.map(\.status) == [206, 206, 200])
    #expect(answers[0] == answers[1])
    #expect(client.isClosed)
    #expect(bench.engine.plans.available == 256)
  }

  @Test
  func `HEAD says nothing of ranges`() throws {
    let request = "HEAD /letters.txt HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1,4-5\r\n\r\n"
    let answers = try Answer.all(in: try bench.exchange([Array(request.utf8)]).received) { _ in false }
    try #require(answers.map(\.status) == [200])
    #expect(answers[0].field("Content-Length") == "26")
  }

  @Test
  func `A client that goes away leaves no plan behind`() throws {
    let port = try bench.open()
    let request = "GET /long.bin HTTP/1.1\r\nHost: a\r\nRange: bytes=0-90000,100000-\r\n\r\n"
    bench.unreadable = [3, 4]
    try bench.send(Array(request.utf8), on: port)
    #expect(bench.clients[port]?.isReset == true)
    #expect(bench.engine.plans.available == 256)
  }
}
