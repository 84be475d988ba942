import TestKit
import Testing

@testable import LoadGenerator

/// A head that is remembered is read as any other.
struct KnownHeadTests {
  static let heads = [
    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nDate: Sun, 06 Nov 1994 08:49:38 GMT\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n",
    "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 200 OK\r\nServer: \(String(repeating: "x", count: 600))\r\nContent-Length: 7\r\n\r\n",
    "HTTP/1.1 200 OK\r\n\r\n",
    "HTTP/1.1 200 O",
    "",
  ]

  @Test(arguments: 1...10)
  func `Whatever was read before, a head is read as it stands there`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var known = KnownHead()
    for _ in 0..<300 {
      let head = KnownHeadTests.heads.randomElement(using: &random) ?? ""
      let body = String(repeating: "b", count: Int.random(in: 0..<3, using: &random))
      let cut = Bool.random(using: &random) ? 0 : Int.random(in: 0...head.count, using: &random)
      let text = Array((head + body).dropLast(cut).utf8)
      let reading = known.read(text.rawSpan)
      #expect(reading == ResponseHead.read(text.rawSpan), "\(random)")
    }
  }

  @Test func `A head that was read before is found again`() {
    var known = KnownHead()
    let text = Array("\(KnownHeadTests.heads[0])0123456789".utf8)
    let first = known.read(text.rawSpan)
    let second = known.read(text.rawSpan)
    #expect(first == second)
    #expect(first == .head(ResponseHead(byteCount: text.count - 10, status: 200, bodyCount: 10, isLast: false)))
  }
}
