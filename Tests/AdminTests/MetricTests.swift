import Server
import Testing

@testable import Admin

/// What is told of a server.
struct MetricTests {
  private static let worker = WorkerReport(engine: EngineReport(), reads: 3, blocks: 7, connections: [])

  @Test func `Every metric has a name of its own in small letters, and counters end in total`() {
    let names = Metric.all.map(\.name)
    #expect(Set(names).count == names.count)
    for metric in Metric.all {
      #expect(metric.name.allSatisfy { $0 == "_" || ("a"..."z").contains($0) })
      #expect(metric.name.hasSuffix("_total") == (metric.kind == .counter), "\(metric.name)")
      #expect(metric.help.hasSuffix("."), "\(metric.name)")
    }
  }

  @Test func `Workers are added up`() {
    let text = ServerReport(workers: [MetricTests.worker, MetricTests.worker]).metrics
    for line in [
      "cheetah_disk_reads_total 6", "cheetah_disk_blocks_total 14", "cheetah_workers 2", "cheetah_draining 0",
    ] {
      #expect(text.contains("\n\(line)\n"), "\(line)")
    }
  }

  @Test func `Every line is a remark or a value`() {
    for line in ServerReport(workers: [MetricTests.worker]).metrics.split(separator: "\n") {
      let isRemark = line.hasPrefix("# HELP cheetah_") || line.hasPrefix("# TYPE cheetah_")
      let words = line.split(separator: " ")
      let isValue = words.count == 2 && words[0].hasPrefix("cheetah_") && Double(words[1]) != nil
      #expect(isRemark || isValue, "\(line)")
    }
  }
}
