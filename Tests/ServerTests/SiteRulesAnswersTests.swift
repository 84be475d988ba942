import TestKit
import Testing

/// The rules of a site as they come out of a whole server.
struct SiteRulesAnswersTests {
  private static let files = [
    "/index.html": "home", "/404.html": "nothing", "/gone.html": "gone", "/docs/index.html": "docs",
    "/docs/a b.html": "page",
    "/_headers": "/*\n  X-Frame-Options: DENY\n/gone.html\n  X-Gone: yes\n",
    "/_redirects": """
    /old/*          /docs/:splat
    /news/:year/:id https://example.com/:id/:year#top 302
    /page/:name     /docs/:name.html 200
    /left/*         /gone.html 410
    /home           /index.html 200
    /moved          /docs/ 308
    /out            https://example.com/?own=query 303
    """,
  ]

  private let bench: EngineBench

  init() throws {
    bench = try EngineBench(try BenchSite.pack(SiteRulesAnswersTests.files))
  }

  private func get(_ path: String, _ fields: String = "", method: String = "GET") throws -> Answer {
    let request = "\(method) \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
    let answers = try Answer.all(in: try bench.exchange([Array(request.utf8)]).received) { _ in method == "GET" }
    try #require(answers.count == 1)
    return answers[0]
  }

  @Test(arguments: [
    ("/old/a%20b.html", 301, "/docs/a%20b.html"), ("/old/x?y=z", 301, "/docs/x?y=z"), ("/old", 301, "/docs/"),
    ("/old//example.com", 301, "/docs//example.com"), ("/old/%0d%0aX:%20y", 301, "/docs/%0D%0AX:%20y"),
    ("/news/2026/7?a", 302, "https://example.com/7/2026?a#top"), ("/moved?a=b", 308, "/docs/?a=b"),
    ("/out?a=b", 303, "https://example.com/?own=query"), ("/docs?x", 301, "/docs/?x"),
  ])
  func `Redirects keep the query, and what was found is escaped`(path: String, status: Int, location: String) throws {
    let answer = try get(path)
    #expect(answer.status == status && answer.field("Location") == location)
    #expect(answer.field("X-Frame-Options") == "DENY" && answer.field("X") == nil && answer.keepsAlive)
  }

  @Test
  func `Content of another path is what that path has, conditions and ranges included`() throws {
    let page = try get("/page/a%20b")
    let original = try get("/docs/a%20b.html")
    #expect(page.text == "page" && page == original)
    #expect(try get("/home") == get("/"))
    #expect(try get("/page/a%20b", "Range: bytes=1-2\r\n").text == "ag")
    let tag = try #require(original.field("ETag"))
    #expect(try get("/page/a%20b", "If-None-Match: \(tag)\r\n").status == 304)
    #expect(try get("/page/none").status == 404)
    #expect(try get("/page/a%20b", method: "HEAD").field("Content-Length") == "4")
  }

  @Test
  func `Of many paths of one file all have its content`() throws {
    let rules = (0..<900).map { "/route\($0) /index.html 200\n" }.joined()
    let many = try EngineBench(try BenchSite.pack(["/index.html": "home", "/_redirects": rules]))
    for number in [0, 899] {
      let request = "GET /route\(number) HTTP/1.1\r\nHost: a\r\n\r\n"
      let answers = try Answer.all(in: try many.exchange([Array(request.utf8)]).received) { _ in true }
      #expect(answers.map(\.status) == [200] && answers.map(\.text) == ["home"])
    }
  }

  @Test
  func `Error pages have the fields of the site, and no validators`() throws {
    let gone = try get("/left/a/b")
    #expect(gone.status == 410 && gone.text == "gone" && gone.field("X-Gone") == "yes")
    #expect(gone.field("ETag") == nil && gone.field("X-Frame-Options") == "DENY")
    let nothing = try get("/nothing")
    #expect(nothing.status == 404 && nothing.text == "nothing" && nothing.field("X-Frame-Options") == "DENY")
    #expect(try get("/left/a", "If-None-Match: *\r\n").status == 410)
  }

  @Test
  func `An application of one page answers every path that is no file`() throws {
    let site = ["/index.html": "app", "/app.js": "js", "/cheetah.toml": "fallback = \"/index.html\""]
    let bench = try EngineBench(try BenchSite.pack(site))
    for (path, text) in [("/", "app"), ("/app.js", "js"), ("/a", "app"), ("/a/b?c", "app")] {
      let request = "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n"
      let answers = try Answer.all(in: try bench.exchange([Array(request.utf8)]).received)
      #expect(answers.map(\.text) == [text] && answers.map(\.status) == [200])
    }
  }

  @Test
  func `A redirect that would be too long is refused`() throws {
    #expect(try get("/old/" + String(repeating: "a", count: 500)).status == 301)
    #expect(try get("/old/" + String(repeating: "a", count: 600)).status == 414)
    #expect(try get("/old/" + String(repeating: "%20", count: 200)).status == 414)
    #expect(try get("/docs?" + String(repeating: "a", count: 2_000)).status == 414)
  }

  @Test
  func `A rule counts before a file when it says so`() throws {
    let site = ["/index.html": "home", "/a.txt": "a", "/b/c.txt": "c", "/_redirects": "/a.txt /b 301!\n/b/* /a 302!"]
    let bench = try EngineBench(try BenchSite.pack(site))
    for (path, location) in [("/a.txt", "/b"), ("/b/c.txt", "/a"), ("/b/d", "/a")] {
      let request = "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n"
      let answers = try Answer.all(in: try bench.exchange([Array(request.utf8)]).received)
      #expect(answers.map { $0.field("Location") } == [location])
    }
  }
}
