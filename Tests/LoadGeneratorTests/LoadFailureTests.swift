import TestKit
import Testing
import Time

@testable import LoadGenerator

/// What can go wrong, each counted as what it is.
struct LoadFailureTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var failure: LoadFailure
    var answer = LoadBench.answer
    var behaviour = CannedServer.Behaviour.keeps
    var testDescription: String { failure.name }
  }

  static let cases = [
    Case(failure: .reset, behaviour: .resets),
    Case(failure: .closedEarly, behaviour: .cutsOff),
    Case(failure: .answerTimedOut, behaviour: .isSilent),
    Case(failure: .malformed, answer: "SSH-2.0-OpenSSH_9.2 Debian\r\n\r\n"),
    Case(failure: .malformed, answer: "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
    Case(failure: .malformed, answer: String(repeating: "x", count: 9_000)),
    Case(failure: .chunked, answer: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Case(failure: .lengthless, answer: "HTTP/1.0 200 OK\r\n\r\nhello"),
    Case(failure: .mismatch, answer: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhallo"),
    Case(failure: .mismatch, answer: "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!"),
  ]

  @Test(arguments: cases) func `What goes wrong is counted as what it is`(_ sample: Case) throws {
    let entry = RequestList.Entry(path: "/", host: "server", isLast: false, body: Array("hello".utf8))
    let bench = LoadBench(
      LoadBench.plan { ($0.mostRequests, $0.duration) = (3, .seconds(60)) }, answer: sample.answer, sample.behaviour,
      entries: [entry])
    try bench.run()
    #expect(bench.engine.counters[sample.failure] == 3)
    #expect(bench.engine.counters.failureCount == 3)
    #expect(bench.engine.counters.answered == 0)
    #expect(bench.engine.pendingCount == 0)
  }

  @Test func `An answer that says something went wrong is an answer and a failure`() throws {
    let bench = LoadBench(answer: "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")
    try bench.run()
    #expect(bench.engine.counters.answered == 10)
    #expect(bench.engine.counters[.status] == 10)
    #expect(bench.engine.counters.connections == 1)
  }

  @Test func `A port that nobody listens on refuses`() throws {
    let bench = LoadBench(LoadBench.plan { $0.duration = .milliseconds(95) }, serverPort: 81)
    try bench.run()
    #expect(bench.engine.counters[.refused] == 10, "one every 10 ms")
    #expect(bench.engine.counters.connections == 0)
  }

  @Test func `The right body passes`() throws {
    let entry = RequestList.Entry(path: "/", host: "server", isLast: false, body: Array("hello".utf8))
    let bench = LoadBench(entries: [entry])
    try bench.run()
    #expect(bench.engine.counters.answered == 10)
    #expect(bench.engine.counters.failureCount == 0)
  }
}
