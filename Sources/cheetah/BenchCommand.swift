import ArgumentParser
import Link
import LinuxLink
import LoadGenerator
import Stack
import TCP
import Time
import Wire

/// `cheetah bench`
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Load a web server, any one, from a TCP/IP of our own.",
    discussion: """
      EXAMPLES
        cheetah bench http://10.9.0.1/ --tap bench0 --address 10.9.0.2/24 --kernel-address 10.9.0.1/24
        cheetah bench http://10.9.0.1/index.html --tap bench0 --address 10.9.0.2/24 --close --connections 64
        cheetah bench http://10.9.0.1 --paths paths.txt --zipf 1.1 --rate 50000 --tap bench0 --address 10.9.0.2/24

      The first example loads a server of this machine that listens at 10.9.0.1, the kernel's side of the TAP.
      Without --rate every connection asks again as soon as it is answered, and what waits while the server is slow is
      never seen: the percentiles are also given as if each connection had kept its pace. With --rate every answer is
      measured from the moment its request was due.
      Exit code 1 where an answer was wrong or missing.
      """)

  @Argument(
    help: "What to ask for, http://ADDRESS[:PORT][/PATH]; several of the same server are asked for in equal parts.")
  var urls: [String]

  @Option(help: "The TAP to send on; it is made if there is none.")
  var tap: String?

  @Option(help: "The interface to send on, which is there already: a network card, one end of a veth pair.")
  var interface: String?

  @Option(
    help:
      "Our address, of the version that the server's is, such as 10.9.0.2/24 or fd09::2/64; the kernel must not have it."
  )
  var address: InterfaceAddress

  @Option(help: "An address for the kernel's side of the TAP, which is then switched on.")
  var kernelAddress: InterfaceAddress?

  @OptionGroup
  var options: BenchOptions

  func validate() throws {
    guard (tap == nil) != (interface == nil) else {
      throw ValidationError("give one device to send on: --tap NAME or --interface NAME")
    }
    guard interface == nil || kernelAddress == nil else {
      throw ValidationError("--kernel-address is for a TAP: an interface has the addresses that you gave it")
    }
    if let fault = ServerAddresses.fault(in: [address], option: "--address") { throw ValidationError(fault) }
  }

  func run() throws {
    let target = try LoadTarget(urls: urls, options)
    guard target.address.family == address.address.family, let addresses = ServerAddresses([address]) else {
      throw CommandFailure.usage(
        "\(target.address) and \(address.address) are of different versions: give an --address of \(target.address.family)"
      )
    }
    let signals = try CommandFailure.catching { () throws(SystemError) in try SignalDescriptor() }
    try DeviceOpening.check(addresses, to: "ask from")
    if let interface {
      let device = try CommandFailure.catching { () throws(PacketError) in
        try PacketDevice(
          interface: interface, for: addresses.internet, address: options.mac,
          window: Int(clamping: options.receiveCapacity.bytes))
      }
      try load(target, from: addresses, on: device, signals)
    } else if let tap {
      let device = try DeviceOpening.openTAP(
        tap, kernelAddresses: kernelAddress.map { [$0] } ?? [], hardware: options.mac, offload: true)
      try load(target, from: addresses, on: device, signals)
    }
  }

  /// Loads the server through a device, and reports.
  private func load<Device: PolledDevice & ~Copyable>(
    _ target: LoadTarget, from addresses: ServerAddresses, on device: consuming Device,
    _ signals: borrowing SignalDescriptor
  ) throws {
    let properties = device.properties
    try DeviceOpening.check(addresses, fit: properties)
    var network = HostConfiguration(
      hardware: properties.address, addresses: addresses.host, port: nil, mtu: properties.mtu,
      secret: LoadTarget.secret)
    network.deviceFinishesChecksums = properties.finishesChecksums
    network.mostConnections = options.connections * 2 + 4_096
    // Servers close first and remember what was closed; a small table stays in the processor's cache.
    network.mostTimeWaits = 4_096
    network.mostOpenings = options.connections
    network.mostReceiveBuffers = options.connections
    network.receiveCapacity = UInt32(options.receiveCapacity.bytes)
    network.backlog = 1
    let engine = LoadEngine(
      target.plan(options, from: address), host: Host(network, at: MonotonicClock().now),
      requests: RequestList(try target.entries(options)), order: target.order(options))
    let descriptor = device.descriptorNumber
    var loop = LoadLoop(client: LoadClient(engine: engine, device: device), isQuiet: options.quiet || options.json)
    try loop.run(device: descriptor, signals: signals)
    let report = loop.report(target.name, options)
    CommandOutput.print(options.json ? report.json : report.text)
    if report.failureCount > 0 { throw ExitCode(1) }
  }
}
