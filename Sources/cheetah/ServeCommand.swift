import ArgumentParser
import Claims
import Link
import LinuxLink
import PackBuilder
import Wire

/// `cheetah serve`
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve a pack, or a directory, on a network device of its own.",
    discussion: """
      EXAMPLES
        cheetah serve site.cheetah --tap cheetah0 --address 10.9.0.2/24 --kernel-address 10.9.0.1/24
        cheetah serve www --tap cheetah0 --address 10.9.0.2/24 --access-log access.log
        cheetah serve site.cheetah --tap cheetah0 --address 10.9.0.2/24 --offload off --capture frames.pcap
        cheetah serve site.cheetah --interface eth1 --address 192.0.2.80/24
        cheetah serve site.cheetah --broker /run/cheetah.sock --address 192.0.2.80/24

      With --tap the server is at the end of a cable of its own; with --interface it shares one with the kernel, by a
      packet socket, under a hardware address of its own. With --broker it is handed that socket by `cheetah broker`, for
      one port, needs no privilege and gives up all it has.

      The address must be one that the kernel does not have: else it would answer every segment with a reset.
      SIGTERM and SIGINT let connections finish; a second one ends at once. SIGUSR1 opens the access log anew.
      """)

  @Argument(help: "The pack, or a directory that is packed first.")
  var site: String

  @Option(help: "The TAP to serve on; it is made if there is none.")
  var tap: String?

  @Option(help: "The interface to serve on, which is there already: a network card, one end of a veth pair.")
  var interface: String?

  @Option(help: "The broker to claim the address and port from, by the path of its socket.")
  var broker: String?

  @Option(help: "The address to serve at, such as 10.9.0.2/24.")
  var address: InterfaceAddress

  @Option(help: "An address for the kernel's side of the TAP, which is then switched on.")
  var kernelAddress: InterfaceAddress?

  @OptionGroup
  var options: ServeOptions

  func validate() throws {
    guard [tap, interface, broker].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give one device to serve on: --tap NAME, --interface NAME or --broker PATH")
    }
    guard tap != nil || kernelAddress == nil else {
      throw ValidationError("--kernel-address is for a TAP: an interface has the addresses that you gave it")
    }
    guard address.address.isUnicast else { throw ValidationError("\(address.address) is no address of a single host") }
    if let kernelAddress, kernelAddress.address == address.address {
      throw ValidationError("--address and --kernel-address must differ: the kernel must not have the server's address")
    }
  }

  func run() throws {
    let site = try ServedSite(path: site)
    // Signals are kept away before any thread is started.
    let signals = try CommandFailure.catching { () throws(SystemError) in try SignalDescriptor() }
    try checkAddress()
    if let broker {
      let lease = try claim(from: broker)
      let device = try lease.openDevice()
      let name = "the broker's socket on \(device.name)"
      try CommandFailure.catching { () throws(SystemError) in try Privileges.dropAll() }
      try ServerLoop<PacketDevice>.run(
        site, on: device, named: name, at: address, options, signals, announces: false)
      withExtendedLifetime(lease) {}
    } else if let interface {
      let device = try CommandFailure.catching { () throws(PacketError) in
        try PacketDevice(
          interface: interface, for: address.address, address: options.mac, offload: options.offload == .auto)
      }
      let name = "interface \(interface)"
      try ServerLoop<PacketDevice>.run(site, on: device, named: name, at: address, options, signals)
    } else if let tap {
      let device = try openTAP(tap)
      try ServerLoop<TAPDevice>.run(site, on: device, named: "TAP \(tap)", at: address, options, signals)
    }
  }

  private func claim(from broker: String) throws(CommandFailure) -> BrokerLease {
    guard let claim = Claim(.tcp, address.address, options.port...options.port) else {
      throw .usage("port \(options.port) cannot be claimed")
    }
    return try BrokerLease(from: broker, claim, offload: options.offload == .auto)
  }

  /// Sees to it that the kernel stays out of the way.
  private func checkAddress() throws(CommandFailure) {
    let owner = try CommandFailure.catching { () throws(SystemError) in
      try NetworkInterface.owner(of: address.address)
    }
    if let owner {
      throw .failed(
        """
        cannot serve at \(address.address): the kernel has this address, on \(owner), and would reset every connection
          choose another of the same network, such as one that answers no ping
        """)
    }
  }

  private func openTAP(_ tap: String) throws(CommandFailure) -> TAPDevice {
    let device = try CommandFailure.catching { () throws(TAPError) in
      try TAPDevice(name: tap, address: options.mac, offload: options.offload == .auto)
    }
    try CommandFailure.catching { () throws(SystemError) in
      if let kernelAddress {
        try NetworkInterface.assign(kernelAddress, to: tap)
        try NetworkInterface.bringUp(tap)
      }
    }
    return device
  }
}
