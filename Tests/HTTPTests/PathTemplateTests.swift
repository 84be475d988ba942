import HTTP
import TestKit
import Testing
import Wire

struct PathTemplateTests {
  /// The captures of a path; nil where the pattern, with `*` for the rest and `:` for a segment, does not fit.
  private func captures(_ pattern: String, _ path: String) -> [String]? {
    let bytes = pattern.utf8.map { $0 == UInt8(ascii: "*") ? PathTemplate.rest : $0 == UInt8(ascii: ":") ? 1 : $0 }
    let path = Array(path.utf8)
    guard let captures = PathTemplate.match(path.rawSpan, bytes.rawSpan) else { return nil }
    return (0..<captures.count).map { Outcome.text(captures[$0], path) }
  }

  /// What a template, with `0` for the first placeholder, makes of a path.
  private func made(_ template: String, _ pattern: String, _ path: String, isReference: Bool) -> String? {
    let pattern = pattern.utf8.map { $0 == UInt8(ascii: "*") ? PathTemplate.rest : $0 == UInt8(ascii: ":") ? 1 : $0 }
    let template = template.utf8.flatMap { $0 == UInt8(ascii: "0") ? [1, PathTemplate.firstNumber] : [$0] }
    let path = Array(path.utf8)
    guard let captures = PathTemplate.match(path.rawSpan, pattern.rawSpan) else { return nil }
    var arena = ByteArena(byteCount: 32)
    var writer = HeadWriter(arena.mutableBytes(at: 0, count: 32))
    writer.append(template.rawSpan, captures, of: path.rawSpan, isReference: isReference)
    let count = writer.isOverflown ? nil : writer.count
    let bytes = [UInt8](copying: arena.bytes(at: 0, count: 32))
    return count.map { String(decoding: bytes[..<$0], as: UTF8.self) }
  }

  @Test(arguments: [
    ("/a", "/a", [] as [String]?), ("/a", "/b", nil), ("/a", "/a/", nil), ("/a", "/", nil), ("/a", "", nil),
    ("/*", "/", [""]), ("/*", "/a/b", ["a/b"]), ("/*", "", nil), ("/a/*", "/a/b", ["b"]), ("/a/*", "/a/", [""]),
    ("/a/*", "/a", [""]), ("/a/*", "/ab", nil), ("/a*", "/abc", ["bc"]), ("/a*", "/a", [""]), ("/a*", "/b", nil),
    ("/:", "/x", ["x"]), ("/:", "/", nil), ("/:", "/x/y", nil), ("/:/b", "/x/b", ["x"]), ("/:/:", "/x/y", ["x", "y"]),
    ("/:/*", "/x/y/z", ["x", "y/z"]), ("/:/*", "/x", ["x", ""]), ("/a/:/c", "/a//c", nil),
  ])
  func `A pattern finds its placeholders in all of a path`(pattern: String, path: String, expected: [String]?) {
    #expect(captures(pattern, path) == expected)
  }

  @Test(arguments: [
    ("/new/0", "/old/*", "/old/a/b", "/new/a/b"), ("0", "/x*", "/x/a", "/a"), ("/0", "/*", "/a b", "/a%20b"),
    ("/0", "/*", "/ü\r\nX: y", "/%C3%BC%0D%0AX:%20y"), ("/0", "/old/*", "/old//example.com", "/example.com"),
    ("/0", "/old/*", "/old///example.com", "/example.com"), ("/0", "/*", "/?a#b", "/%3Fa%23b"),
    ("/0", "/*", "/%41", "/%2541"), ("https://e/0", "/*", "/a", "https://e/a"), ("/1", "/*", "/a", "/1"),
  ])
  func `A redirect leads to a reference whose captures are escaped, and never to another host`(
    template: String, pattern: String, path: String, expected: String
  ) {
    #expect(made(template, pattern, path, isReference: true) == expected)
  }

  @Test
  func `A path that is looked up is made of bytes as they are`() {
    #expect(made("/new/0", "/old/*", "/old/ü b", isReference: false) == "/new/ü b")
    #expect(made("/0", "/old/*", "/old//a", isReference: false) == "/a")
  }

  @Test
  func `What does not fit is said not to`() {
    #expect(made("/0", "/*", "/\(String(repeating: "a", count: 31))", isReference: true)?.count == 32)
    #expect(made("/0", "/*", "/\(String(repeating: "a", count: 32))", isReference: true) == nil)
  }
}
