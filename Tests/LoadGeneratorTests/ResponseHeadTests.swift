import TestKit
import Testing

@testable import LoadGenerator

/// Reading just enough of a head.
struct ResponseHeadTests {
  static func read(_ text: String) -> ResponseHead.Reading {
    ResponseHead.read(Array(text.utf8).rawSpan)
  }

  @Test func `A head says its status, its length and whether it is the last`() {
    let text = "HTTP/1.1 206 Partial Content\r\nServer: x\r\ncontent-LENGTH:  42 \r\nETag: \"a\"\r\n\r\nbody"
    #expect(
      ResponseHeadTests.read(text)
        == .head(ResponseHead(byteCount: text.utf8.count - 4, status: 206, bodyCount: 42, isLast: false)))
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", true),
    ("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", false),
    ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", true),
    ("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n", false),
    ("HTTP/1.1 304 Not Modified\r\n\r\n", false),
    ("HTTP/1.1 204 No Content\n\n", false),
  ])
  func `The connection is kept unless the head says otherwise`(text: String, isLast: Bool) {
    guard case .head(let head) = ResponseHeadTests.read(text) else {
      Issue.record("not read: \(text)")
      return
    }
    #expect(head.isLast == isLast)
    #expect(head.bodyCount == 0)
    #expect(head.byteCount == text.utf8.count)
  }

  @Test func `A head that is cut off anywhere is incomplete`() {
    let text = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 1024\r\n\r\n"
    for count in 0..<text.count {
      #expect(ResponseHeadTests.read(String(text.prefix(count))) == .incomplete, "\(count) bytes")
    }
  }

  @Test(arguments: [
    ("HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n", LoadFailure.malformed),
    ("HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n", .malformed),
    ("ICY 200 OK\r\n\r\n", .malformed),
    ("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n", .malformed),
    ("HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n", .malformed),
    ("HTTP/1.1 200 OK\r\nTRANSFER-ENCODING: gzip\r\n\r\n", .chunked),
    ("HTTP/1.1 200 OK\r\n\r\n", .lengthless),
  ])
  func `What cannot be read says why`(text: String, failure: LoadFailure) {
    #expect(ResponseHeadTests.read(text) == .unreadable(failure))
  }
}
