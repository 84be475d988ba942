import Histogram
import LoadGenerator
import Stack
import Time

/// What a load has shown.
struct LoadReport {
  /// What was loaded.
  let name: String
  /// How.
  let options: BenchOptions
  /// What became of the requests.
  let counters: LoadCounters
  /// What our TCP did.
  let stack: StackCounters
  /// How long answers took.
  let figures: LoadFigures
  /// Frames received; a super-frame of many segments counts once.
  let framesIn: UInt64
  /// Frames sent.
  let framesOut: UInt64
  /// From the first request to the last answer.
  let elapsed: Interval

  /// The percentiles that are told.
  private static let percents: [Double] = [50, 75, 90, 99, 99.9, 99.99]

  /// Requests that were not answered well.
  var failureCount: UInt64 { counters.failureCount }

  private func perSecond(_ count: UInt64) -> Double {
    elapsed == .zero ? 0 : Double(count) / elapsed.seconds
  }

  private func perRequest(_ count: UInt64) -> Double {
    counters.answered == 0 ? 0 : Double(count) / Double(counters.answered)
  }

  /// For people.
  var text: String {
    var lines = [
      "\(name), \(options.connections) connections, \(options.close ? "one for each request" : "kept alive")"
        + (options.rate.map { ", \($0.decimal(0)) requests/s due" } ?? ""),
      """
      \(counters.answered) answers in \(elapsed.seconds.decimal(2)) s, \(counters.connections) connections opened, \
      \(CommandOutput.bytes(counters.bodyBytes)) of bodies
      """, "",
      "  answers/s      \(perSecond(counters.answered).decimal(0))",
      "  connections/s  \(perSecond(counters.connections).decimal(0))",
      "  bodies/s       \(CommandOutput.bytes(UInt64(perSecond(counters.bodyBytes))))",
      "  frames/answer  \(perRequest(framesIn).decimal(2)) in, \(perRequest(framesOut).decimal(2)) out",
      "  sent again     \(stack.retransmissions) segments", "",
    ]
    let corrected = options.rate == nil ? figures.corrected : nil
    lines.append("  latency in ms  " + (corrected == nil ? "from when it was due" : "measured    at a steady pace"))
    for percent in LoadReport.percents {
      let label = "p" + (percent.rounded() == percent ? percent.decimal(0) : "\(percent)")
      lines.append(
        "  \(label.padded(to: 13))  \(figures.percentile(percent).milliseconds(3).padded(to: 10))"
          + (corrected.map { "  " + $0.percentile(percent).milliseconds(3) } ?? ""))
    }
    lines.append("  \("longest".padded(to: 13))  \(figures.longest.milliseconds(3))")
    let failures = LoadFailure.allCases.filter { counters[$0] > 0 }
    lines.append("")
    lines.append(
      failures.isEmpty
        ? "  no failure" : "  " + failures.map { "\($0.name): \(counters[$0])" }.joined(separator: ", "))
    return lines.joined(separator: "\n")
  }

  /// For programs. Latencies are in microseconds.
  var json: String {
    let failures = LoadFailure.allCases.map { "\"\($0.name)\":\(counters[$0])" }.joined(separator: ",")
    let corrected = options.rate == nil ? ",\"latencyAtSteadyPace\":\(json(figures.corrected))" : ""
    return """
      {"target":"\(name.json)","connections":\(options.connections),"keepAlive":\(!options.close),\
      "pipeline":\(options.pipeline),"rate":\(options.rate.map { "\($0)" } ?? "null"),\
      "seconds":\(elapsed.seconds),"begun":\(counters.begun),"answered":\(counters.answered),\
      "opened":\(counters.connections),"bodyBytes":\(counters.bodyBytes),\
      "answersPerSecond":\(perSecond(counters.answered).decimal(1)),\
      "connectionsPerSecond":\(perSecond(counters.connections).decimal(1)),\
      "framesInPerAnswer":\(perRequest(framesIn).decimal(4)),"framesOutPerAnswer":\(perRequest(framesOut).decimal(4)),\
      "retransmissions":\(stack.retransmissions),"latency":\(json(figures))\(corrected),\
      "failures":{\(failures)}}
      """
  }

  private func json(_ figures: LoadFigures) -> String {
    let percentiles = LoadReport.percents.map { percent in
      "\"\(percent)\":\((Double(figures.percentile(percent).nanoseconds) / 1e3).decimal(1))"
    }
    return """
      {"mean":\((figures.mean / 1e3).decimal(1)),"longest":\((Double(figures.longest.nanoseconds) / 1e3).decimal(1)),\
      "percentiles":{\(percentiles.joined(separator: ","))}}
      """
  }
}
