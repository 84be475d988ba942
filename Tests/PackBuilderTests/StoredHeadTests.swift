import Pack
import PackBuilder
import Testing

/// The heads that a pack stores.
struct StoredHeadTests {
  static func answer(
    _ path: String, _ content: String = "text", modified: Int64 = TestSite.modified,
    _ change: (inout BuildOptions) -> Void = { _ in }
  ) throws -> PackedSite.Answer {
    let site = try TestSite()
    try site.write(path, Array(content.utf8), modified: modified)
    var options = BuildOptions()
    change(&options)
    return try #require(try site.packed(options).answer(path))
  }

  @Test func `A head is what the format says, to the byte`() throws {
    let answer = try StoredHeadTests.answer("/a.html", "0123456789")
    let expected = [
      "HTTP/1.1 200 OK", "Date:                              ", "Connection:           ", "Server: Cheetah",
      "Content-Length: 10", "ETag: \"84d89877f0d4041efb6bf91a16f0248f\"",
      "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT", "Cache-Control: no-cache",
      "Content-Type: text/html; charset=utf-8", "Accept-Ranges: bytes", "", "",
    ]
    #expect(answer.head.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init) == expected)
    #expect(answer.part { $0.validators } == expected[5...7].map { $0 + "\r\n" }.joined())
    #expect(answer.part { $0.content } == expected[8...9].map { $0 + "\r\n" }.joined())
    #expect(answer.part { $0.entityTag } == "\"84d89877f0d4041efb6bf91a16f0248f\"")
    #expect(answer.part { $0.date..<($0.date + HeadLayout.dateCount) }.allSatisfy { $0 == " " })
    #expect(answer.lastModified == TestSite.modified)
  }

  @Test func `Heads have an even length, and the body stands right behind`() throws {
    for count in 0..<12 {
      let answer = try StoredHeadTests.answer("/a.txt", String(repeating: "x", count: count)) {
        $0.fields = ["X: " + String(repeating: "y", count: count / 2 + 1)]
      }
      let layout = try #require(answer.layout)
      #expect(layout.count % 2 == 0 && layout.count == answer.head.utf8.count)
      #expect(answer.place?.offset == layout.offset + layout.count)
    }
  }

  @Test(arguments: [0, 1, 315_532_800, 315_532_801, 315_619_199] as [Int64])
  func `A time that tells nothing is not told`(modified: Int64) throws {
    let answer = try StoredHeadTests.answer("/a.txt", modified: modified)
    #expect(answer.lastModified == nil && answer.field("Last-Modified") == nil)
  }

  @Test func `The time is not told when it is not to be`() throws {
    let answer = try StoredHeadTests.answer("/a.txt") { $0.tellsLastModified = false }
    #expect(answer.lastModified == nil && answer.field("Last-Modified") == nil)
  }

  @Test func `What is immutable is kept for a year, all else is asked for each time`() throws {
    func rule(_ path: String, _ change: (inout BuildOptions) -> Void) throws -> String? {
      try StoredHeadTests.answer(path, "text", modified: TestSite.modified, change).field("Cache-Control")
    }
    let forever = "public, max-age=31536000, immutable"
    #expect(try rule("/assets/a-1f.css") { $0.immutable = ["assets/*"] } == forever)
    #expect(try rule("/assets/b/a-1f.css") { $0.immutable = ["/assets/*"] } == forever)
    #expect(try rule("/x/a-1f.css") { $0.immutable = ["*-[0-9a-f]*.css"] } == forever)
    #expect(try rule("/other/a.css") { $0.immutable = ["assets/*"] } == "no-cache")
    #expect(try rule("/a.html") { $0.fields = ["cache-control: max-age=60"] } == "max-age=60")
    #expect(
      try rule("/assets/a") { options in
        options.fields = ["Cache-Control: max-age=60"]
        options.immutable = ["assets/*"]
      } == forever)
  }

  @Test func `Fields that are added stand among the validators`() throws {
    let answer = try StoredHeadTests.answer("/a.txt") { $0.fields = ["X-Frame-Options:DENY", "Link: <a>; rel=b"] }
    #expect(answer.part { $0.validators }.hasSuffix("X-Frame-Options: DENY\r\nLink: <a>; rel=b\r\n"))
  }

  @Test(arguments: ["", "X", "X:", "X: ", ": y", "X Y: z", "X: a\r\nY: b", "X: ä", "X: y ", "(X): y"])
  func `What is no field is refused`(field: String) {
    #expect(throws: BuildError.badField(field)) { try StoredHeadTests.answer("/a.txt") { $0.fields = [field] } }
  }

  @Test(arguments: ["Content-Length", "etag", "Transfer-Encoding", "CONNECTION", "Date", "Content-Type"])
  func `A field that is not a person's to set is refused`(name: String) {
    #expect(throws: BuildError.reservedField(name)) {
      try StoredHeadTests.answer("/a.txt") { $0.fields = ["\(name): 1"] }
    }
  }

  @Test func `A head that would be too long is refused`() {
    #expect(throws: BuildError.headTooLong("/a.txt")) {
      try StoredHeadTests.answer("/a.txt") { $0.fields = ["X: " + String(repeating: "y", count: 900)] }
    }
  }
}
