import ArgumentParser
import LinuxLink
import Wire

/// `cheetah demo`
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Serve a site in a network of its own, and fetch its front page with curl.",
    discussion: """
      Makes a network namespace with a TAP that vanish with the command, without root where the kernel lets users do so.
      On one side of the TAP is the kernel with curl, on the other is Cheetah with its own TCP/IP.

      EXAMPLES
        cheetah demo www
        cheetah demo site.cheetah --once --capture frames.pcap
      """)

  @Argument(help: "A directory or a pack.")
  var site = "www"

  @Flag(help: "End after the request.")
  var once = false

  @OptionGroup
  var options: ServeOptions

  private static let tap = "cheetah0"

  func run() throws {
    let signals = try CommandFailure.catching { () throws(SystemError) in try SignalDescriptor() }
    let sites = try HostedSite.open([], other: site)
    guard let server = ServerAddresses([InterfaceAddress(argument: "10.9.0.2/24")].compactMap { $0 }),
      let kernel = InterfaceAddress(argument: "10.9.0.1/24")
    else { return }
    try CommandFailure.catching { () throws(SystemError) in try NetworkNamespace.enterFresh() }
    let device = try CommandFailure.catching { () throws(TAPError) in
      try TAPDevice(name: DemoCommand.tap, address: options.mac, offload: options.offload == .auto)
    }
    try CommandFailure.catching { () throws(SystemError) in
      try NetworkInterface.assign(kernel, to: DemoCommand.tap)
      try NetworkInterface.bringUp(DemoCommand.tap)
    }
    let fetch = Fetch(isLast: once)
    try ServerLoop<TAPDevice>.run(
      sites, on: device, named: "TAP \(DemoCommand.tap)", at: server, options, signals
    ) { url throws(CommandFailure) in
      try fetch.start(url)
      return { fetch.isOver }
    }
    if let status = fetch.status, status != 0 {
      throw CommandFailure.failed("curl ended with status \(status)")
    }
  }
}

/// The request of the demonstration: curl, whose end may be the end of it all.
private final class Fetch {
  private let isLast: Bool
  private var child: ChildProcess?
  /// The status with which curl ended; nil before.
  private(set) var status: Int32?

  init(isLast: Bool) {
    self.isLast = isLast
  }

  func start(_ url: String) throws(CommandFailure) {
    CommandOutput.error("\n$ curl --include --output /dev/null --dump-header - \(url)")
    let command = [
      "curl", "--silent", "--show-error", "--max-time", "10", "--output", "/dev/null", "--dump-header", "-", url,
    ]
    child = try CommandFailure.catching { () throws(SystemError) in try ChildProcess(command, isHeard: true) }
  }

  /// Whether curl has ended, and nothing more is to be shown.
  var isOver: Bool {
    if let running = child, let ended = running.status() {
      status = ended
      child = nil
    }
    return isLast && status != nil
  }
}
