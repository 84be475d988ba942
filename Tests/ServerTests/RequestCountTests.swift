import TestKit
import Testing

@testable import Server

/// How many requests a connection may carry.
struct RequestCountTests {
  private static let get = Array("GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n".utf8)

  @Test
  func `The last request that a connection may carry is answered, and the connection closed`() throws {
    var configuration = EngineConfiguration()
    configuration.mostRequests = 3
    let bench = try EngineBench(try BenchSite.pack(["/a.txt": "text"]), configuration: configuration)
    for _ in 0..<2 {
      let client = try bench.exchange(
        [RequestCountTests.get, RequestCountTests.get, RequestCountTests.get])
      let answers = try Answer.all(in: client.received)
      #expect(answers.map { $0.status } == [200, 200, 200])
      #expect(answers.map { $0.keepsAlive } == [true, true, false])
      #expect(client.isClosed)
    }
  }
}
