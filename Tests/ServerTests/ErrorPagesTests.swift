import Pack
import PackBuilder
import TestKit
import Testing
import Time

@testable import Server

/// Pages of the site's own for what went wrong.
struct ErrorPagesTests {
  private static let files = [
    "/index.html": "home", "/a.txt": "text", "/404.html": "not here", "/40x.html": "something",
    "/errors/500.html": String(repeating: "our fault ", count: 300), "/5xx.html": "sorry",
    "/405.html": "no such method",
    "/403.html": "keep out", "/_headers": "/*\n  X-Site: mine\n/405.html\n  X-Page: 405\n",
    "/cheetah.toml": "[error-pages]\n500 = \"/errors/500.html\"\n414 = \"/a.txt\"\n",
    "/_redirects": "/secret/* /403.html 403\n/law /a.txt 451",
  ]
  private let bench: EngineBench

  init() throws {
    var options = BuildOptions()
    options.codings = [.gzip]
    bench = try EngineBench(try BenchSite.pack(ErrorPagesTests.files, options: options))
  }

  private func ask(_ request: String, hasBody: Bool = true) throws -> Answer {
    let client = try bench.exchange([Array(request.utf8)])
    let answers = try Answer.all(in: client.received) { _ in hasBody }
    try #require(answers.count == 1 && !client.isReset)
    return answers[0]
  }

  @Test(arguments: [
    ("GET /none HTTP/1.1\r\nHost: a\r\n\r\n", 404, "not here"),
    ("PUT / HTTP/1.1\r\nHost: a\r\n\r\n", 405, "no such method"),
    ("GET / HTTP/1.1\r\n\r\n", 400, "something"), ("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400, "something"),
    ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "sorry"), ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501, "sorry"),
    ("GET /secret/x HTTP/1.1\r\nHost: a\r\n\r\n", 403, "keep out"),
    ("GET /law HTTP/1.1\r\nHost: a\r\n\r\n", 451, "text"),
    ("GET /" + String(repeating: "a", count: 5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414, "text"),
  ])
  func `A status has its page, or that of its kind`(request: String, status: Int, text: String) throws {
    let answer = try ask(request)
    #expect(answer.status == status && answer.text == text)
    #expect(answer.field("Content-Length") == "\(text.utf8.count)" && answer.field("X-Site") == "mine")
    #expect(answer.field("ETag") == nil && answer.field("Last-Modified") == nil)
  }

  @Test func `A page comes with the fields of its status`() throws {
    let notAllowed = try ask("PUT / HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(notAllowed.field("Allow") == "GET, HEAD, OPTIONS" && notAllowed.field("X-Page") == "405")
    #expect(notAllowed.field("Content-Type")?.hasPrefix("text/html") == true)
    let unsatisfied = try EngineBench(try BenchSite.pack(["/a.txt": "text", "/416.html": "too far"]))
    let client = try unsatisfied.exchange([Array("GET /a.txt HTTP/1.1\r\nHost: a\r\nRange: bytes=9-\r\n\r\n".utf8)])
    let answer = try #require(try Answer.all(in: client.received).first)
    #expect(answer.status == 416 && answer.text == "too far" && answer.field("Content-Range") == "bytes */4")
  }

  @Test func `HEAD has the head of the page alone`() throws {
    let answer = try ask("HEAD /none HTTP/1.1\r\nHost: a\r\n\r\n", hasBody: false)
    #expect(answer.status == 404 && answer.field("Content-Length") == "8")
    let bad = try ask("HEAD / HTTP/1.1\r\n\r\n", hasBody: false)
    #expect(bad.status == 400 && bad.field("Content-Length") == "9" && !bad.keepsAlive)
  }

  @Test(arguments: ["If-None-Match: *", "If-Modified-Since: Sun, 06 Nov 2094 08:49:37 GMT", "Range: bytes=0-1"])
  func `Conditions and ranges are none of an error's`(field: String) throws {
    let answer = try ask("GET /none HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n")
    #expect(answer.status == 404 && answer.text == "not here")
  }

  @Test func `A page by itself is a page like any other`() throws {
    let page = try ask("GET /405.html HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(page.status == 200 && page.field("ETag") != nil)
  }

  @Test func `A request that takes too long gets the page if it is in memory`() throws {
    for text in ["<h1>408 Request Timeout</h1>", "something"] {
      let port = try bench.open()
      try bench.send(Array("GET /".utf8), on: port)
      try bench.advance(by: .seconds(11))
      let answer = try #require(try Answer.all(in: bench.clients[port]?.received ?? []).first)
      #expect(answer.status == 408 && answer.text.contains(text))
      try bench.end(port)
    }
  }

  @Test func `An error of the server's has a page, too, and a plain one where that cannot be had`() throws {
    let request = Array("GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    for block in 0..<bench.engine.superblock.blockCount { bench.unreadable.insert(block) }
    let plain = try #require(try Answer.all(in: try bench.exchange([request]).received).first)
    #expect(plain.status == 500 && plain.text.contains("<h1>500"))
  }
}
