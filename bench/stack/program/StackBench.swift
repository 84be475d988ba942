import ArgumentParser
import Glibc
import LinuxLink
import Time

/// Measures the engine over a wire in memory: no kernel, no device, the full TCP and HTTP of the server.
///
/// Only the server's turns are timed, not the client between them. One turn takes in a frame or two of each connection and
/// sends the answers, as under load.
@main
struct StackBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stack-bench", abstract: "Measure the engine over a wire in memory.")

  @Argument(help: "A pack whose front page fits into a segment.")
  var pack: String

  @Option(help: "keep-alive, or connection: a connection for each request.")
  var style = WireClient.Style.keepAlive

  @Option(help: "Connections at once, 1 to 256.")
  var flows = 64

  @Option(help: "Answers to wait for, by each worker.")
  var answers: UInt64 = 1_000_000

  @Option(help: "Workers, each with an engine, a wire and a processor of its own.")
  var workers = 1

  @Flag(help: "Leave checksums to the device, instead of making them from stored sums.")
  var offload = false

  @Flag(help: "Copy every answer as a device would, instead of counting its bytes; the times mean nothing then.")
  var check = false

  @Flag(help: "One line of JSON.")
  var json = false

  func validate() throws {
    guard (1...256).contains(flows), (1...64).contains(workers), answers > 0 else {
      throw ValidationError("at most 256 flows and 64 workers")
    }
  }

  func run() throws {
    let site = try Site(path: pack)
    let (options, answers) = (self, answers)
    report(
      try Workers.measure(count: workers) { number in
        try? Processors.pinThread(to: number)
        var run = Run(site: site, options)
        return run.measure(answers)
      })
  }

  /// Prints what was measured: of several workers the sum of their rates, else per worker.
  private func report(_ measurements: [Measurement]) {
    let rate = measurements.reduce(0) { $0 + $1.answersPerSecond }
    let packets = measurements[0].packetsPerAnswer
    let nanoseconds = measurements[0].nanosecondsPerPacket
    let allocations = measurements.reduce(0) { $0 + $1.allocations }
    if json {
      print(
        """
        {"style": "\(style.rawValue)", "workers": \(workers), "offload": \(offload), "perSecond": \(Int(rate)), \
        "packetsPerAnswer": \(packets), "nanosecondsPerPacket": \(nanoseconds), "allocations": \(allocations)}
        """)
    } else {
      print(
        """
        \(style.rawValue): \(Int(rate)) answers/s, \(packets) packets an answer, \(Int(nanoseconds)) ns a packet, \
        \(allocations) allocations
        """)
    }
  }
}

extension WireClient.Style: ExpressibleByArgument {}
