import Stack
import TestKit
import Testing
import Time

@testable import LoadGenerator

/// What becomes of requests.
struct LoadEngineTests {
  @Test func `Connections that are kept carry one request after the other`() throws {
    let bench = LoadBench()
    try bench.run()
    #expect(bench.engine.counters.answered == 10)
    #expect(bench.engine.counters.connections == 1)
    #expect(bench.engine.counters.bodyBytes == 50)
    #expect(bench.engine.counters.failureCount == 0)
    #expect(bench.latencies.count == 10)
    #expect(bench.server.requests == Array(repeating: "GET / HTTP/1.1\r\nHost: server", count: 10))
  }

  @Test func `As many connections are opened as are to be, and no more`() throws {
    let bench = LoadBench(LoadBench.plan { $0.connections = 8 })
    try bench.run()
    #expect(bench.engine.counters.connections == 8)
    #expect(bench.server.host.counters.connectionsOpened == 8)
    #expect(bench.engine.counters.answered == 10)
  }

  @Test(arguments: 1...4) func `So many requests are on their way on a connection`(depth: Int) throws {
    let bench = LoadBench(LoadBench.plan { $0.reuse = .keepAlive(depth: depth) })
    bench.engine.begin(at: bench.now)
    try bench.run()
    #expect(bench.engine.counters.answered == 10)
    #expect(bench.engine.counters.connections == 1)
    // Frames with text: each carries all the requests that may be on their way.
    let frames = bench.server.host.counters.segmentsIn
    #expect(frames >= UInt64(10 / depth) && frames <= UInt64(10 / depth) + 5, "\(frames) frames")
  }

  @Test func `A connection for each request takes three packets each way`() throws {
    let entry = RequestList.Entry(path: "/", host: "server", isLast: true)
    let bench = LoadBench(LoadBench.plan { $0.reuse = .never }, .closes, entries: [entry])
    try bench.run()
    #expect(bench.engine.counters.answered == 10)
    #expect(bench.engine.counters.connections == 10)
    #expect(bench.engine.host.timeWaitCount == 0, "the server closes first, and remembers")
    #expect(bench.engine.host.counters.segmentsOut == 30)
    #expect(bench.engine.host.counters.segmentsIn == 30)
    #expect(bench.server.requests.first == "GET / HTTP/1.1\r\nHost: server\r\nConnection: close")
  }

  @Test(arguments: [1, 15, 37, 40]) func `An answer may come in parts`(count: Int) throws {
    let bench = LoadBench(LoadBench.plan(), .hesitates(count))
    try bench.run()
    #expect(bench.engine.counters.answered == 10)
    #expect(bench.engine.counters.bodyBytes == 50)
    #expect(bench.engine.counters.failureCount == 0)
  }

  @Test func `A server that closes a kept connection is asked on a new one`() throws {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
    let bench = LoadBench(answer: answer, .closes)
    try bench.run()
    #expect(bench.engine.counters.answered == 10)
    #expect(bench.engine.counters.connections == 10)
    #expect(bench.engine.counters.failureCount == 0)
  }

  @Test func `Time ends a load as well`() throws {
    let plan = LoadBench.plan {
      $0.mostRequests = .max
      $0.pace = .open(perSecond: 1_000)
      $0.duration = .milliseconds(500)
    }
    let bench = LoadBench(plan)
    try bench.run()
    #expect(bench.engine.counters.answered == 500)
    #expect(bench.now == .epoch + .milliseconds(500))
  }

  @Test func `In an open loop an answer is measured from the moment its request was due`() throws {
    // Two are due at once every 1 ms, on one connection whose server needs 40 ms for each: the delay adds up.
    let plan = LoadBench.plan {
      $0.pace = .open(perSecond: 1_000)
      $0.mostRequests = 5
    }
    let bench = LoadBench(plan, .hesitates(10))
    try bench.run()
    #expect(bench.engine.counters.answered == 5)
    for (earlier, later) in zip(bench.latencies, bench.latencies.dropFirst()) { #expect(later > earlier) }
    #expect(bench.latencies.last.map { $0 > .milliseconds(150) } == true)
  }

  @Test func `Idle connections are closed when all is done`() throws {
    let bench = LoadBench(LoadBench.plan { $0.connections = 3 })
    try bench.run()
    bench.engine.closeIdle(at: bench.now)
    _ = bench.engine.makeFrame(at: bench.now)
    #expect(bench.engine.lineCount == 0)
  }
}
