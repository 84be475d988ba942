import HTTP
import TestKit
import Testing

struct RequestPathTests {
  /// The key of `path`, `=` where the path is its own key, `?` where it has none.
  private func key(of path: String, room: Int = 100) -> String {
    let bytes = Array(path.utf8)
    var target = [UInt8](repeating: 0, count: room)
    switch target.withMutableRawSpan({ RequestPath.normalize(bytes.rawSpan, into: &$0) }) {
    case .canonical: return "="
    case .decoded(let count): return String(decoding: target[..<count], as: UTF8.self)
    case .malformed: return "?"
    }
  }

  @Test(arguments: ["/", "/a", "/a/", "//", "/a//b", "/a.b", "/a./b", "/a..b", "/ü", "/~a", "/a+b", "/a\\..\\b"])
  func `A canonical path is its own key`(path: String) {
    #expect(key(of: path) == "=")
  }

  @Test(arguments: [
    ("", "/"), ("/.", "/"), ("/./", "/"), ("/a/.", "/a/"), ("/a/..", "/"), ("/a/../", "/"), ("/a/b/../c", "/a/c"),
    ("/a/./b", "/a/b"), ("/a/b/c/./../../g", "/a/g"), ("/a//../b", "/a/b"), ("//..", "/"), ("/...", "/..."),
    ("/.a", "/.a"), ("/..a", "/..a"), ("/a/.b/..c", "/a/.b/..c"), ("/%61", "/a"), ("/%C3%BC", "/ü"),
    ("/%c3%bc", "/ü"), ("/a%20b", "/a b"), ("/%2541", "/%41"), ("/a%2Fb", "/a/b"), ("/a/%2e%2E/b", "/b"),
    ("/a/.%2e/b", "/b"), ("/a%2F..%2Fb", "/b"), ("/a/%2e", "/a/"), ("/%3F%23", "/?#"), ("/a%2F", "/a/"),
  ])
  func `Escapes are decoded once and dot segments removed`(path: String, expected: String) {
    #expect(key(of: path) == expected)
  }

  @Test(arguments: [
    "/..", "/../", "/../a", "/a/../..", "/a/../../b", "/%2e%2e", "/%2e%2e/a", "/.%2E/a", "/..%2fa", "/./..",
    "/%", "/%4", "/%zz", "/%4g", "/a%", "/%00", "/a%00b", "/\0", "a", "a/b", "%2Fa", "*",
  ])
  func `A path that is wrong or climbs above the root has no key`(path: String) {
    #expect(key(of: path) == "?")
  }

  @Test
  func `A key that does not fit is none`() {
    #expect(key(of: "/%61b", room: 3) == "/ab")
    #expect(key(of: "/%61b", room: 2) == "?")
    #expect(key(of: "/%61b", room: 0) == "?")
    #expect(key(of: "", room: 0) == "?")
    #expect(key(of: "/ab", room: 0) == "=")
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func `No key has a dot segment, and a key without an escape is its own key`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = ["/", ".", "..", "a", "%2e", "%2F", "%2f", "b", "%41"]
    for _ in 0..<300 {
      let path =
        "/"
        + (0..<Int.random(in: 0...12, using: &random)).map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }
        .joined()
      let result = key(of: path)
      guard result != "?" else { continue }
      let key = result == "=" ? path : result
      let segments = key.split(separator: "/", omittingEmptySubsequences: false)
      #expect(!segments.contains(".") && !segments.contains(".."), "\(random): \(path)")
      #expect(["=", key].contains(self.key(of: key)), "\(random): \(path)")
    }
  }
}
