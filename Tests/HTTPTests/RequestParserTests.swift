import HTTP
import TestKit
import Testing

struct RequestParserTests {
  @Test(arguments: acceptedRequests.indices)
  func `A good request is read in full`(index: Int) {
    let (request, reading) = acceptedRequests[index]
    #expect(Outcome(of: request) == .accepted(reading))
  }

  @Test(arguments: rejectedRequests.indices)
  func `A bad request is refused with the right status`(index: Int) {
    let (request, status) = rejectedRequests[index]
    #expect(Outcome(of: request) == .rejected(status), "\(request.debugDescription)")
  }

  @Test
  func `Pipelined requests are read one behind the other`() throws {
    let text = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nHEAD /2 HTTP/1.1\r\nHost: b\r\n\r\nGET /3"
    let first = try head(of: text).0
    #expect(Outcome(of: text) == .accepted("get 1.1 path=/1 host=a stays 28"))
    let rest = Array(Array(text.utf8)[first.byteCount...])
    #expect(Outcome(of: rest) == .accepted("head 1.1 path=/2 host=b stays 29"))
    #expect(Outcome(of: Array(rest[29...])) == .incomplete)
  }

  @Test
  func `A method is refused only when its head has arrived`() {
    #expect(Outcome(of: "BREW / HTTP/1.1\r\nHost: a\r\n") == .incomplete)
  }

  @Test
  func `What cannot be HTTP is refused before a line has ended`() {
    #expect(Outcome(of: "\u{16}\u{3}\u{1}") == .rejected(400))
    #expect(Outcome(of: "GET / HTTP/1.1\n") == .rejected(400))
  }

  @Test
  func `A list field of several lines is read line by line`() throws {
    let (head, bytes) = try head(
      of: "GET / HTTP/1.1\r\nIf-None-Match: \"a\"\r\nHost: a\r\nIF-NONE-MATCH:  \"b\"  \r\nX: y:z\r\n"
        + "if-none-match:\"c\"\r\n\r\nIf-None-Match: \"d\"\r\n\r\n")
    var values: [String] = []
    var line: FieldSlice? = head.ifNoneMatch
    while let slice = line {
      values.append(Outcome.text(slice, bytes))
      line = head.nextLine(of: .ifNoneMatch, after: slice, in: bytes.rawSpan)
    }
    #expect(values == ["\"a\"", "\"b\"", "\"c\""])
  }
}
