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
        cheetah serve www --tap cheetah0 --address 10.9.0.2/24 --address fd09::2/64
        cheetah serve site.cheetah --tap cheetah0 --address 10.9.0.2/24 --offload off --capture frames.pcap
        cheetah serve site.cheetah --interface eth1 --address 192.0.2.80/24
        cheetah serve site.cheetah --broker /run/cheetah.sock --address 192.0.2.80/24
        cheetah serve --config /etc/cheetah.toml --cache 1G
        cheetah serve --site example.org=site.cheetah --site '*.example.org=all' --interface eth1 --address 192.0.2.80/24

      With --tap the server is at the end of a cable of its own; with --interface it shares one with the kernel, by a
      packet socket, under a hardware address of its own. With --broker it is handed that socket by `cheetah broker`, for
      one port, needs no privilege and gives up all it has.

      The address must be one that the kernel does not have: else it would answer every segment with a reset.
      SIGTERM and SIGINT let connections finish; a second one ends at once. SIGUSR1 opens the access log anew. SIGHUP looks
      for all sites again where they were: a pack that is new there is served from then on, while answers that have begun
      come from the one before.
      """)

  @Argument(help: "The pack, or a directory that is packed first: for all hosts that have no --site.")
  var site: String?

  @Option(
    name: .customLong("site"),
    help: ArgumentHelp(
      "A pack or directory for a host, or for all below one; may be repeated. Without a site of their own and without one "
        + "for all, hosts are turned away (421).", valueName: "[host=]site"))
  var hosted: [HostedSite] = []

  @Option(
    help: ArgumentHelp(
      "Read settings from this file: TOML, whose keys are the names of these options. What the environment says "
        + "(CHEETAH_CACHE for --cache) counts more, and the command line most.", valueName: "file"))
  var config: String?

  @Option(help: "The TAP to serve on; it is made if there is none.")
  var tap: String?

  @Option(help: "The interface to serve on, which is there already: a network card, one end of a veth pair.")
  var interface: String?

  @Option(help: "The broker to claim the address and port from, by the path of its socket.")
  var broker: String?

  @Option(
    help: ArgumentHelp(
      "The address to serve at, such as 10.9.0.2/24 or fd09::2/64; one of each version may be given.",
      valueName: "address"))
  var address: [InterfaceAddress] = []

  @Option(help: "Serve on the sockets of the kernel at this ADDRESS[:PORT] instead, to compare; nothing is logged.")
  var sockets: SocketAddress?

  @Option(
    help: ArgumentHelp(
      "An address for the kernel's side of the TAP, which is then switched on; one of each version may be given.",
      valueName: "kernel-address"))
  var kernelAddress: [InterfaceAddress] = []

  @Option(
    help:
      "How frames are sent on an --interface: through a ring of shared memory, as messages that the kernel copies from where they lie, or both, a ring for short frames and messages for long ones. Left out, it is the ring where a card fetches frames, and both elsewhere."
  )
  var transmit: PacketSending?

  @Option(
    help: ArgumentHelp(
      "Go on as this user, with all privileges given up, when the device is open. Packs and logs are opened as the user.",
      valueName: "name[:group]"))
  var user: String?

  @OptionGroup
  var options: ServeOptions

  @OptionGroup
  var faults: FaultOptions

  func validate() throws {
    guard faults.faults == nil || (broker == nil && sockets == nil && options.workers == 1) else {
      throw ValidationError("--drop-chance and --corrupt-chance are for one worker on a --tap or --interface")
    }
    guard interface != nil || transmit == nil else {
      throw ValidationError("--transmit is for an --interface")
    }
    if let user {
      do { _ = try UserAccount(user) } catch { throw ValidationError("--user: \(error.description)") }
    }
    if let fault = HostedSite.fault(in: hosted, other: site ?? hosted.last { $0.name == nil }?.path) {
      throw ValidationError(fault)
    }
    if sockets != nil {
      guard user == nil else { throw ValidationError("--sockets goes on as the user who started it: leave out --user") }
      guard tap == nil, interface == nil, broker == nil, kernelAddress.isEmpty, address.isEmpty else {
        throw ValidationError("--sockets takes the place of --tap, --interface, --broker and their addresses")
      }
      guard options.accessLog == nil, options.capture == nil, options.admin == nil else {
        throw ValidationError("--sockets has no access log, no admin address and no frames to capture")
      }
      guard options.maxConnectionsPerAddress == nil else {
        throw ValidationError("--sockets does not count the connections of an address")
      }
      return
    }
    guard broker == nil || user == nil else {
      throw ValidationError("a broker asks who claims from it: start as \(user ?? "") instead of --user")
    }
    guard broker == nil || options.workers == 1 else {
      throw ValidationError("a broker hands out one socket: serve with one worker, or without a broker")
    }
    guard [tap, interface, broker].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give one device to serve on: --tap NAME, --interface NAME or --broker PATH")
    }
    guard tap != nil || kernelAddress.isEmpty else {
      throw ValidationError("--kernel-address is for a TAP: an interface has the addresses that you gave it")
    }
    guard !address.isEmpty else { throw ValidationError("give the address to serve at: --address 10.9.0.2/24") }
    if let fault = ServerAddresses.fault(in: address, option: "--address")
      ?? ServerAddresses.fault(in: kernelAddress, option: "--kernel-address")
    {
      throw ValidationError(fault)
    }
    guard broker == nil || address.allSatisfy({ $0.address.family == .ipv4 }) else {
      throw ValidationError("a broker hands out addresses of IPv4: serve IPv6 with --tap or --interface")
    }
    if kernelAddress.contains(where: { kernel in address.contains { $0.address == kernel.address } }) {
      throw ValidationError("--address and --kernel-address must differ: the kernel must not have the server's address")
    }
  }

  func run() throws {
    let account = try account()
    // Signals are kept away before any thread is started, those that pack a directory included.
    let signals = try CommandFailure.catching { () throws(SystemError) in try SignalDescriptor() }
    // Root may read what the account may not: its sites are opened when that is who looks for them again at SIGHUP.
    var early: [ServedSite]? = account == nil ? try openSites() : nil
    if let sockets { return try SocketLoop.run(early.take() ?? openSites(), at: sockets, options, signals) }
    guard let addresses = ServerAddresses(address) else { return }
    try DeviceOpening.check(addresses, to: "serve at")
    if let broker {
      let lease = try claim(addresses, from: broker)
      let device = try lease.openDevice()
      let name = "the broker's socket on \(device.name)"
      try settle(as: nil, always: true)
      try ServerLoop<PacketDevice>.run(
        early.take() ?? openSites(), on: device, named: name, at: addresses, options, signals, announces: false)
      withExtendedLifetime(lease) {}
    } else if let interface {
      let place = try AddressReservations(addresses, on: interface)
      let fanout = options.workers > 1 ? PacketFanout() : nil
      let device = try openPackets(interface, for: addresses, fanout)
      let others = try (1..<options.workers).map { _ throws(CommandFailure) in
        Handover(try openPackets(interface, for: addresses, fanout))
      }
      let name = "interface \(interface)"
      try settle(as: account)
      try ServerLoop<PacketDevice>.run(
        early.take() ?? openSites(), on: device, others, named: name, at: addresses, options, with: faults, signals)
      withExtendedLifetime(place) {}
    } else if let tap {
      let device = try openTAP(tap)
      let others = try (1..<options.workers).map { _ throws(CommandFailure) in Handover(try openTAP(tap)) }
      try settle(as: account)
      try ServerLoop<TAPDevice>.run(
        early.take() ?? openSites(), on: device, others, named: "TAP \(tap)", at: addresses, options, with: faults,
        signals)
    }
  }

  /// Opens the packs that are to be served.
  func openSites() throws(CommandFailure) -> [ServedSite] {
    try HostedSite.open(hosted.filter { $0.name != nil }, other: site ?? hosted.last { $0.name == nil }?.path)
  }

  /// Whom to go on as; nil for whoever started the server.
  func account() throws(CommandFailure) -> UserAccount? {
    guard let user else { return nil }
    return try CommandFailure.catching { () throws(AccountError) in try UserAccount(user) }
  }

  /// Gives up what the devices have needed, before there is another thread. Root that names no user stays what it is.
  private func settle(as account: UserAccount?, always: Bool = false) throws(CommandFailure) {
    guard always || account != nil || UserNames.own != 0 else { return }
    try CommandFailure.catching { () throws(SystemError) in try Privileges.dropAll(as: account) }
  }

  private func claim(_ addresses: ServerAddresses, from broker: String) throws(CommandFailure) -> BrokerLease {
    guard let address = addresses.internet.compactMap(\.ipv4).first,
      let claim = Claim(.tcp, address, options.port...options.port)
    else {
      throw .usage("port \(options.port) cannot be claimed")
    }
    return try BrokerLease(from: broker, claim, offload: options.offload == .auto)
  }

  private func openPackets(
    _ interface: String, for addresses: ServerAddresses, _ fanout: PacketFanout?
  ) throws(CommandFailure) -> PacketDevice {
    try CommandFailure.catching { () throws(PacketError) in
      try PacketDevice(
        interface: interface, for: addresses.internet, address: options.mac, offload: leavesWorkToDevice,
        window: PacketDevice.usualWindow, fanout: fanout, sending: transmit)
    }
  }

  /// Whether the device cuts frames and finishes checksums; faults are those of single frames.
  private var leavesWorkToDevice: Bool { options.offload == .auto && faults.faults == nil }

  private func openTAP(_ tap: String) throws(CommandFailure) -> TAPDevice {
    try DeviceOpening.openTAP(
      tap, kernelAddresses: kernelAddress, hardware: options.mac, offload: leavesWorkToDevice,
      isMultiQueue: options.workers > 1)
  }
}
