import HTTP
import TestKit
import Testing

struct HeadWriterTests {
  private static let date = Array("Sun, 06 Nov 1994 08:49:37 GMT".utf8)

  /// What every response begins with.
  private func opening(_ status: String, connection: String = "keep-alive") -> String {
    "HTTP/1.1 \(status)\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nConnection: \(connection)\r\nServer: Cheetah\r\n"
  }

  /// Composes in memory of so many bytes; `nil` where it did not fit.
  private func attempt(room: Int, _ write: (inout HeadWriter) -> Void) -> String? {
    var count: Int?
    let memory = [UInt8](count: room) { memory in
      var writer = HeadWriter(memory._mutatingExtracting(first: room))
      write(&writer)
      count = writer.isOverflown ? nil : writer.count
    }
    return count.map { String(decoding: memory[..<$0], as: UTF8.self) }
  }

  /// Composes with room to spare, with just enough, and with every room that is too small.
  private func compose(_ write: (inout HeadWriter) -> Void) -> String? {
    guard let text = attempt(room: 2000, write) else { return nil }
    let count = text.utf8.count
    #expect(attempt(room: count, write) == text)
    for room in 0..<count { #expect(attempt(room: room, write) == nil, "\(room) of \(count)") }
    return text
  }

  @Test
  func `A partial response tells its place and its length`() {
    let text = compose { writer in
      writer.begin(.partialContent, date: Self.date.rawSpan, keepsAlive: false)
      writer.contentLength(26_012)
      writer.contentRange(21_010..<47_022, of: 47_022)
      writer.append(Array("ETag: \"v1\"\r\n".utf8).rawSpan)
      writer.end()
    }
    #expect(
      text == opening("206 Partial Content", connection: "close")
        + "Content-Length: 26012\r\nContent-Range: bytes 21010-47021/47022\r\nETag: \"v1\"\r\n\r\n")
  }

  @Test
  func `An unsatisfiable range is told the length there is`() {
    let text = compose { writer in
      writer.begin(.rangeNotSatisfiable, date: Self.date.rawSpan, keepsAlive: true)
      writer.unsatisfiedRange(of: 47_022)
      writer.end()
    }
    #expect(text == opening("416 Range Not Satisfiable") + "Content-Range: bytes */47022\r\n\r\n")
  }

  @Test
  func `The answer to OPTIONS names the methods`() {
    let text = compose { writer in
      writer.begin(.noContent, date: Self.date.rawSpan, keepsAlive: true)
      writer.allow()
      writer.end()
    }
    #expect(text == opening("204 No Content") + "Allow: GET, HEAD, OPTIONS\r\n\r\n")
  }

  @Test(arguments: [
    ("/a/", "b=c", true, "/a/?b=c"), ("/a/", "", true, "/a/?"), ("/a/", "", false, "/a/"),
    ("/a?own", "b=c", true, "/a?own"), ("/a?own", "", false, "/a?own"), ("/a#part", "b=c", true, "/a?b=c#part"),
    ("/a#part?", "b=c", true, "/a?b=c#part?"), ("https://e/%20?x#y", "b", true, "https://e/%20?x#y"),
  ])
  func `A location has the query that was asked with, unless it has its own`(
    reference: String, query: String, hasQuery: Bool, expected: String
  ) {
    let text = compose { writer in
      writer.location(Array(reference.utf8).rawSpan, query: Array(query.utf8).rawSpan, hasQuery: hasQuery)
    }
    #expect(text == "Location: \(expected)\r\n")
  }

  @Test(arguments: Status.allCases.filter { $0.rawValue >= 300 })
  func `The length of a page is the one its head tells`(status: Status) throws {
    let text = try #require(compose { $0.page(status, hasBody: true) })
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1).map(String.init)
    try #require(parts.count == 2)
    #expect(parts[1].contains("<h1>\(status.line)</h1>"))
    #expect(parts[0].hasPrefix("Content-Length: \(parts[1].utf8.count)\r\n"))
    #expect(compose { $0.page(status, hasBody: false) } == parts[0] + "\r\n\r\n")
  }

  @Test
  func `Slots are written over where they are, and nowhere else`() {
    let text = compose { writer in
      writer.append("Connection: ----------\r\n")
      writer.replace(at: 12, with: Array("close     ".utf8).rawSpan)
    }
    #expect(text == "Connection: close     \r\n")
  }

  @Test(arguments: [-1, 15, 24, 25, 1_000_000, Int.max, Int.min])
  func `A slot outside what was written is reported`(offset: Int) {
    let text = attempt(room: 500) { writer in
      writer.append("Connection: ----------\r\n")
      writer.replace(at: offset, with: Array("keep-alive".utf8).rawSpan)
    }
    #expect(text == nil)
  }

  @Test(arguments: [0, 9, 10, 99, 100, 18_446_744_073_709_551_615] as [UInt64])
  func `A number is written without leading zeros`(number: UInt64) {
    #expect(compose { $0.append(number) } == String(number))
  }
}
