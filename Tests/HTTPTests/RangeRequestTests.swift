import HTTP
import TestKit
import Testing

struct RangeRequestTests {
  /// What a value asks for of a thousand bytes.
  private func request(_ value: String) -> RangeRequest {
    RangeRequest(Array(value.utf8).rawSpan, length: 1000)
  }

  /// Whether `If-Range` lets a range of a representation stand.
  private func stands(
    _ values: [String], tag: String = #""v1""#, lastModified: Int64? = 784_111_777
  ) throws -> Bool {
    let lines = values.map { "If-Range: \($0)\r\n" }.joined()
    let (head, bytes) = try head(of: "GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=0-9\r\n\(lines)\r\n")
    let tagBytes = Array(tag.utf8)
    let validators = Validators(entityTag: tagBytes.rawSpan, lastModified: lastModified)
    return head.rangeStands(validators, in: bytes.rawSpan, now: 1_782_864_000)
  }

  @Test
  func `One range is a part, none that exists is an error, several are parts`() {
    #expect(request("bytes=0-9") == .part(0..<10))
    #expect(request("bytes=0-4,5-9") == .part(0..<10))
    #expect(request("bytes=0-9,1000-") == .part(0..<10))
    #expect(request("bytes=1000-") == .notSatisfiable)
    #expect(request("bytes=-0") == .notSatisfiable)
    #expect(request("bytes=0-4,900-") == .parts)
    #expect(request("lines=1-2") == .whole)
    #expect(request("bytes=9-0") == .whole)
  }

  @Test
  func `A suffix longer than the content is the whole content`() {
    #expect(request("bytes=-1") == .part(999..<1000))
    #expect(request("bytes=-3999") == .part(0..<1000))
  }

  @Test(arguments: [
    (#""v1""#, true), (#""v0""#, false), (#"W/"v1""#, false), ("*", false), (#""v1", "v0""#, false), ("", false),
    ("Sun, 06 Nov 1994 08:49:37 GMT", true), ("Sunday, 06-Nov-94 08:49:37 GMT", true),
    ("Sun, 06 Nov 1994 08:49:38 GMT", false), ("Sun, 06 Nov 1994 08:49:36 GMT", false), ("tomorrow", false),
  ])
  func `A range with If-Range stands only for the same representation`(value: String, expected: Bool) throws {
    #expect(try stands([value]) == expected)
    #expect(try stands([value, value]) == false)
  }

  @Test
  func `If-Range never holds for a weak tag or without a validator`() throws {
    #expect(try stands([]))
    #expect(try stands([#"W/"v1""#], tag: #"W/"v1""#) == false)
    #expect(try stands([#""v1""#], tag: "") == false)
    #expect(try stands(["Sun, 06 Nov 1994 08:49:37 GMT"], lastModified: nil) == false)
  }
}
