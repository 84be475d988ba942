import HTTP
import Testing
import Time

@testable import Server

/// How long answers took, in classes that double.
struct LatencyHistogramTests {
  @Test(
    arguments: [
      (0, 0), (1, 0), (1_000, 0), (1_001, 1), (2_000, 1), (2_001, 2), (4_000, 2), (1_000_000, 10), (33_554_432_000, 25),
      (33_554_432_001, 26), (1 << 62, 26),
    ] as [(UInt64, Int)])
  func `A time belongs to the first class whose bound it does not exceed`(nanoseconds: UInt64, number: Int) {
    var histogram = LatencyHistogram()
    histogram.record(Interval(nanoseconds: nanoseconds))
    #expect((0...LatencyHistogram.classCount).map { histogram.count($0) }.firstIndex(of: 1) == number)
    #expect(histogram.sum == Interval(nanoseconds: nanoseconds))
  }

  @Test func `Histograms and counts of several workers are added up`() {
    var histogram = LatencyHistogram()
    histogram.record(.milliseconds(1))
    histogram.add(histogram)
    #expect(histogram.total == 2)
    #expect(histogram.sum == .milliseconds(2))
    var counts = StatusCounts()
    for status in Status.allCases { counts.add(status) }
    counts.add(counts)
    #expect(Status.allCases.allSatisfy { counts[$0] == 2 })
  }

  @Test func `An answer is timed from its request to the acknowledgment of its last byte`() throws {
    let bench = try EngineBench(try BenchSite.pack(["/a.txt": "text"]))
    let port = try bench.open()
    bench.clients[port]?.isSilent = true
    try bench.send(Array("GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n".utf8), on: port)
    #expect(bench.engine.latency.total == 0)
    try bench.advance(by: .milliseconds(100))
    bench.clients[port]?.isSilent = false
    try bench.send(Array("GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n".utf8), on: port)
    #expect(bench.engine.latency.total == 2)
    #expect(bench.engine.latency.sum == .milliseconds(100))
    #expect(bench.engine.statuses[.ok] == 2)
  }
}
