import Pack
import PackBuilder
import TestKit
import Testing

/// Files that are stored in several codings, as they come out of a whole server.
struct NegotiationAnswersTests {
  private static let text = String(repeating: "All work and no play makes Jack a dull boy. ", count: 400)

  private let bench: EngineBench

  init() throws {
    var options = BuildOptions()
    options.codings = [.gzip, .brotli, .zstandard]
    let files = ["/text.txt": NegotiationAnswersTests.text, "/404.html": "404" + NegotiationAnswersTests.text]
    bench = try EngineBench(try BenchSite.pack(files, options: options))
  }

  private func get(_ path: String, _ fields: String..., method: String = "GET") throws -> Answer {
    let lines = fields.map { $0 + "\r\n" }.joined()
    let request = "\(method) \(path) HTTP/1.1\r\nHost: a\r\n\(lines)\r\n"
    let answers = try Answer.all(in: try bench.exchange([Array(request.utf8)]).received) { _ in method == "GET" }
    try #require(answers.count == 1)
    return answers[0]
  }

  @Test(arguments: [
    ("gzip", "gzip"), ("br", "br"), ("zstd", "zstd"), ("gzip, deflate, br, zstd", "br"), ("gzip, zstd", "zstd"),
    ("GZIP", "gzip"), ("x-gzip", "gzip"), ("gzip;q=1.0, br;q=0.5", "gzip"), ("br;q=0.001, gzip;q=0", "br"),
    ("*", "br"), ("*;q=0.5, br;q=0", "zstd"), ("gzip;q=0.5, identity;q=0.5", "gzip"),
    ("gzip;q=0.5, identity;q=0.6", nil), ("identity", nil), ("", nil), ("deflate", nil), ("*;q=0", nil),
    ("identity;q=0", nil), ("gzip;q=0, br;q=0, zstd;q=0", nil), ("gzip; q=0.5 , br;q=0.4", "gzip"),
  ])
  func `The form that the client weighs highest is sent, and the file as it is where it wants none`(
    wish: String, coding: String?
  ) throws {
    let answer = try get("/text.txt", "Accept-Encoding: \(wish)")
    #expect(answer.status == 200 && answer.field("Content-Encoding") == coding)
    #expect(answer.field("Vary") == "Accept-Encoding")
    #expect(answer.field("Content-Length") == "\(answer.body.count)")
    #expect((answer.text == NegotiationAnswersTests.text) == (coding == nil))
    let head = try get("/text.txt", "Accept-Encoding: \(wish)", method: "HEAD")
    #expect(head.fields.map(\.name) == answer.fields.map(\.name) && head.field("ETag") == answer.field("ETag"))
    #expect(head.field("Content-Length") == answer.field("Content-Length"))
  }

  @Test
  func `Every form has a tag of its own, and a 304 says that the answer varies`() throws {
    var tags: Set<String> = []
    for coding in ["gzip", "br", "zstd", "identity"] {
      let wish = "Accept-Encoding: \(coding)"
      let tag = try #require(try get("/text.txt", wish).field("ETag"))
      tags.insert(tag)
      let again = try get("/text.txt", wish, "If-None-Match: \(tag)")
      #expect(again.status == 304 && again.field("Vary") == "Accept-Encoding" && again.field("ETag") == tag)
    }
    #expect(tags.count == 4)
    let gzip = try #require(try get("/text.txt", "Accept-Encoding: gzip").field("ETag"))
    #expect(try get("/text.txt", "Accept-Encoding: br", "If-None-Match: \(gzip)").status == 200)
    #expect(try get("/text.txt", "Accept-Encoding: br", "If-Match: \(gzip)").status == 412)
  }

  @Test
  func `A range is one of the form that is sent`() throws {
    let whole = try get("/text.txt", "Accept-Encoding: gzip")
    let part = try get("/text.txt", "Accept-Encoding: gzip", "Range: bytes=10-19")
    #expect(part.status == 206 && part.body == Array(whole.body[10...19]))
    #expect(part.field("Content-Range") == "bytes 10-19/\(whole.body.count)")
    #expect(part.field("Vary") == "Accept-Encoding" && part.field("Content-Encoding") == "gzip")
    let suffix = try get("/text.txt", "Accept-Encoding: gzip", "Range: bytes=-5")
    #expect(suffix.body == Array(whole.body.suffix(5)))
    let behind = try get("/text.txt", "Accept-Encoding: gzip", "Range: bytes=\(whole.body.count)-")
    #expect(behind.status == 416 && behind.field("Content-Range") == "bytes */\(whole.body.count)")
    let parts = try get("/text.txt", "Accept-Encoding: gzip", "Range: bytes=0-1,4-5")
    #expect(parts.status == 206 && parts.field("Content-Encoding") == nil)
    #expect(parts.field("Vary") == "Accept-Encoding" && parts.field("ETag") == whole.field("ETag"))
    let tag = try #require(whole.field("ETag")).dropFirst().dropLast()
    let front = "Content-Type: text/plain; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Range: bytes"
    var expected: [UInt8] = []
    for range in [0...1, 4...5] {
      let bounds = "\(range.lowerBound)-\(range.upperBound)/\(whole.body.count)"
      expected += Array("\r\n--\(tag)\r\n\(front) \(bounds)\r\n\r\n".utf8) + whole.body[range]
    }
    #expect(parts.body == expected + Array("\r\n--\(tag)--\r\n".utf8))
    let stale = try get("/text.txt", "Accept-Encoding: br", "Range: bytes=0-1", "If-Range: \"\(tag)\"")
    #expect(stale.status == 200)
  }

  @Test
  func `The page for what is not there is negotiated, too`() throws {
    let plain = try get("/nothing")
    let coded = try get("/nothing", "Accept-Encoding: br")
    #expect(plain.status == 404 && plain.text.hasPrefix("404All work"))
    #expect(coded.status == 404 && coded.field("Content-Encoding") == "br" && coded.body.count < plain.body.count)
    #expect(plain.field("Vary") == "Accept-Encoding" && coded.field("Vary") == "Accept-Encoding")
  }
}
