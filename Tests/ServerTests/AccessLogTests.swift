import Foundation
import Pack
import PackBuilder
import TestKit
import Testing
import Time

@testable import Server

/// The line of an answer, when its last byte has arrived.
struct AccessLogTests {
  private let bench: EngineBench

  init() throws {
    bench = try AccessLogTests.bench(.json)
  }

  private static func bench(_ format: LogFormat, capacity: Int = 1 << 16) throws -> EngineBench {
    var configuration = EngineConfiguration()
    configuration.accessLogCapacity = capacity
    configuration.logFormat = format
    var options = BuildOptions()
    options.codings = [.gzip]
    let files = ["/a.txt": "text", "/long.html": String(repeating: "line of a long text\n", count: 10_000)]
    let pack = try BenchSite.pack(files, options: options)
    return try EngineBench(pack, configuration: configuration)
  }

  private static func lines(of bench: EngineBench) -> [String] {
    var bytes: [UInt8] = []
    while !bench.engine.log.isEmpty {
      bytes += [UInt8](copying: bench.engine.log.waiting())
      bench.engine.log.consume(bench.engine.log.waiting().byteCount)
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func objects() throws -> [[String: Any]] {
    try AccessLogTests.lines(of: bench).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private static func request(_ path: String, _ fields: String = "") -> [UInt8] {
    Array("GET \(path) HTTP/1.1\r\nHost: a.org\r\n\(fields)\r\n".utf8)
  }

  @Test func `A line in the combined format is what Apache writes`() throws {
    let bench = try AccessLogTests.bench(.combined)
    _ = try bench.exchange([AccessLogTests.request("/a.txt", "Referer: http://b/\r\nUser-Agent: test/1 \"x\"\r\n")])
    #expect(
      AccessLogTests.lines(of: bench) == [
        #"10.9.0.2 - - [25/Nov/2026:12:00:00 +0000] "GET /a.txt HTTP/1.1" 200 4 "http://b/" "test/1 \x22x\x22""#
      ])
  }

  @Test func `An extended line has behind that what else is known`() throws {
    let bench = try AccessLogTests.bench(.extended)
    _ = try bench.exchange([AccessLogTests.request("/a.txt"), AccessLogTests.request("/a.txt")])
    let start = #"10.9.0.2 - - [25/Nov/2026:12:00:00 +0000] "GET /a.txt HTTP/1.1" 200 4 "-" "-" "a.org" "#
    let lines = AccessLogTests.lines(of: bench)
    #expect(lines == ["miss", "hit"].map { start + "0.000000 complete identity - \($0) 0" })
  }

  @Test func `A line in JSON has all of it`() throws {
    _ = try bench.exchange([AccessLogTests.request("/long.html", "Accept-Encoding: gzip\r\nUser-Agent: u\r\n")])
    let line = try #require(try objects().first)
    #expect(line["time"] as? String == "2026-11-25T12:00:00Z")
    #expect(line["client"] as? String == "10.9.0.2")
    #expect(line["port"] as? Int == 40_001)
    #expect(line["host"] as? String == "a.org")
    #expect(line["request"] as? String == "GET /long.html HTTP/1.1")
    #expect(line["status"] as? Int == 200)
    #expect(line["coding"] as? String == "gzip")
    #expect(line["complete"] as? Bool == true)
    #expect(line["cache"] as? String == "miss")
    #expect(line["tag_matched"] as? Bool == false)
    #expect(line["retransmissions"] as? Int == 0)
    #expect(line["seconds"] as? Double == 0)
    #expect(line["referer"] as? String == "")
    #expect(line["user_agent"] as? String == "u")
  }

  @Test func `An answer by a tag says so, and one that is no file has no coding`() throws {
    let first = try bench.exchange([AccessLogTests.request("/a.txt")])
    let tag = try #require(try Answer.all(in: first.received)[0].field("ETag"))
    _ = try bench.exchange([
      AccessLogTests.request("/a.txt", "If-None-Match: \(tag)\r\n"), AccessLogTests.request("/b"),
    ])
    let lines = try objects()
    #expect(lines.map { $0["status"] as? Int } == [200, 304, 404])
    #expect(lines.map { $0["tag_matched"] as? Bool } == [false, true, false])
    #expect(lines.map { $0["coding"] as? String } == ["identity", "identity", "-"])
    #expect(lines[1]["bytes"] as? Int == 0)
    #expect(try #require(lines[2]["bytes"] as? Int) > 0)
  }

  @Test func `Requests in a row have a line each, in order`() throws {
    let paths = ["/a.txt", "/long.html", "/b", "/a.txt"]
    _ = try bench.exchange([Array(paths.map { AccessLogTests.request($0) }.joined())])
    let lines = try objects()
    #expect(lines.map { $0["request"] as? String } == paths.map { "GET \($0) HTTP/1.1" })
    #expect(lines.map { $0["bytes"] as? Int }[..<2] == [4, 200_000])
  }

  @Test func `There is no line before the last byte has arrived`() throws {
    let port = try bench.open()
    bench.clients[port]?.isSilent = true
    try bench.send(AccessLogTests.request("/long.html"), on: port)
    #expect(AccessLogTests.lines(of: bench) == [])
    try bench.advance(by: .milliseconds(500))
    bench.clients[port]?.isSilent = false
    try bench.send(AccessLogTests.request("/a.txt"), on: port)
    let lines = try objects()
    #expect(lines.map { $0["bytes"] as? Int } == [200_000, 4])
    #expect(try #require(lines[0]["seconds"] as? Double) >= 0.5)
    #expect(try #require(lines[0]["retransmissions"] as? Int) > 0)
    #expect(lines[1]["retransmissions"] as? Int == 0)
  }

  @Test func `An answer whose client goes has the bytes that arrived`() throws {
    let port = try bench.open()
    bench.clients[port]?.isSilent = true
    try bench.send(AccessLogTests.request("/long.html"), on: port)
    let received = try #require(bench.clients[port]).received
    let head = try #require(received.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound)
    try bench.reset(port)
    let line = try #require(try objects().first)
    #expect(line["complete"] as? Bool == false)
    #expect(received.count > head + 1_000)
    #expect(line["bytes"] as? Int == received.count - head)
    #expect(line["status"] as? Int == 200)
  }

  @Test(arguments: [
    ("GET /a HTTP/1.1\nHost: a\n\n", 400, "GET /a HTTP/1.1", "a", ""),
    ("\r\n\u{16}\u{3}\u{1}\"\\", 400, "\u{16}\u{3}\u{1}\"\\", "", ""),
    ("GET /a HTTP/1.1\r\nHost: a\r\nUser-Agent:  b \r\nNo colon\r\n\r\n", 400, "GET /a HTTP/1.1", "a", "b"),
    ("BREW / HTTP/1.1\r\nUser-Agent: b\r\nHost: c\r\nHost: a\r\n\r\n", 400, "BREW / HTTP/1.1", "c", "b"),
    ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "GET / HTTP/2.0", "a", ""),
  ])
  func `What is refused has a line with what has arrived of it`(
    text: String, status: Int, request: String, host: String, agent: String
  ) throws {
    _ = try bench.exchange([Array(text.utf8)])
    let line = try #require(try objects().first)
    #expect(line["status"] as? Int == status)
    #expect(line["request"] as? String == request)
    #expect(line["host"] as? String == host)
    #expect(line["user_agent"] as? String == agent)
    #expect(line["coding"] as? String == "-")
  }

  @Test(arguments: [
    ("GET /" + String(repeating: "x", count: 8_200), 414),
    ("GET /a HTTP/1.1\r\nA: " + String(repeating: "x", count: 9_000), 431),
  ])
  func `Of what is too long as much is logged as there is room for`(text: String, status: Int) throws {
    _ = try bench.exchange([Array(text.utf8)])
    let line = try #require(try objects().first)
    #expect(line["status"] as? Int == status)
    let request = try #require(line["request"] as? String)
    #expect(text.hasPrefix(request) && request.hasPrefix("GET /") && request.utf8.count <= 2_048)
  }

  @Test func `A beginning that nothing follows is logged with its 408`() throws {
    let port = try bench.open()
    try bench.send(Array("GET /begun HTTP/1.1\r\nUser-Ag".utf8), on: port)
    try bench.advance(by: .seconds(20))
    let line = try #require(try objects().first)
    #expect(line["status"] as? Int == 408)
    #expect(line["request"] as? String == "GET /begun HTTP/1.1")
  }

  @Test func `A page of the site's own for what is refused has its coding`() throws {
    var configuration = EngineConfiguration()
    configuration.accessLogCapacity = 1 << 16
    configuration.logFormat = .extended
    let pack = try BenchSite.pack(["/400.html": "no"])
    let bench = try EngineBench(pack, configuration: configuration)
    _ = try bench.exchange([Array("GET\r\n\r\n".utf8)])
    #expect(
      AccessLogTests.lines(of: bench) == [
        #"10.9.0.2 - - [25/Nov/2026:12:00:00 +0000] "GET" 400 2 "-" "-" "-" 0.000000 complete identity - miss 0"#
      ])
  }

  @Test func `No bytes of a client can break a line`() throws {
    var text = Array("GET /a?\"\\ HTTP/1.1\r\nHost: a\r\nUser-Agent: ".utf8)
    text += [0x22, 0x5C, 0x09, 0xFF, 0xC3, 0x28, 0x7F] + Array("\r\n\r\n".utf8)
    _ = try bench.exchange([text])
    _ = try bench.exchange([AccessLogTests.request("/a.txt", "User-Agent: \u{E9}\"\\\r\n")])
    let lines = try objects()
    #expect(lines.count == 2)
    #expect(lines[1]["user_agent"] as? String == "\u{C3}\u{A9}\"\\")
  }

  @Test func `Long requests are cut, and the line is whole`() throws {
    _ = try bench.exchange([AccessLogTests.request("/" + String(repeating: "x", count: 3_000), "Referer: r\r\n")])
    let line = try #require(try objects().first)
    let request = try #require(line["request"] as? String)
    #expect(request.hasPrefix("GET /xxx"))
    #expect(request.utf8.count > 1_000)
    #expect(line["referer"] as? String == "r")
  }

  @Test func `Lines for which there is no room are dropped and counted`() throws {
    let bench = try AccessLogTests.bench(.combined, capacity: 200)
    for _ in 0..<5 { _ = try bench.exchange([AccessLogTests.request("/a.txt")]) }
    #expect(bench.engine.log.lines == 2)
    #expect(bench.engine.log.dropped == 3)
    #expect(AccessLogTests.lines(of: bench).count == 2)
  }
}
