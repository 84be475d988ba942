import Server
import Time

/// The text that Prometheus reads (its exposition format, version 0.0.4).
extension ServerReport {
  /// All metrics.
  package var metrics: String {
    var text = ""
    for metric in Metric.all {
      ServerReport.begin(metric.name, metric.kind.rawValue, metric.help, &text)
      for (label, value) in metric.values(self) {
        let labels = metric.label.isEmpty ? "" : "{\(metric.label)=\"\(label)\"}"
        text += "cheetah_\(metric.name)\(labels) \(value)\n"
      }
    }
    return text + histogram
  }

  private static func begin(_ name: String, _ kind: String, _ help: String, _ text: inout String) {
    text += "# HELP cheetah_\(name) \(help)\n# TYPE cheetah_\(name) \(kind)\n"
  }

  /// How long answers took.
  var latency: LatencyHistogram {
    workers.reduce(into: LatencyHistogram()) { $0.add($1.engine.latency) }
  }

  private var histogram: String {
    let name = "http_response_seconds"
    var text = ""
    ServerReport.begin(
      name, "histogram", "From a request to the acknowledgment of its answer's last byte.", &text)
    var count: UInt64 = 0
    for number in 0..<LatencyHistogram.classCount {
      count += latency.count(number)
      let bound = Double(LatencyHistogram.bound(of: number).microseconds) / 1e6
      text += "cheetah_\(name)_bucket{le=\"\(bound)\"} \(count)\n"
    }
    text += "cheetah_\(name)_bucket{le=\"+Inf\"} \(latency.total)\n"
    text += "cheetah_\(name)_sum \(Double(latency.sum.nanoseconds) / 1e9)\n"
    return text + "cheetah_\(name)_count \(latency.total)\n"
  }
}
