import Cache
import Link
import LinuxLink
import Logging
import Pack
import Server
import Stack
import TCP
import Time
import Wire

/// Putting a server together.
extension ServerLoop where Device: PolledDevice & SendableMetatype & ~Copyable {
  /// Serves sites on a device until it is told to stop.
  /// - Parameters:
  ///   - others: the devices of the workers beside the first, each a queue of the same link.
  ///   - announces: whether to tell everybody where the address is, or a broker does that.
  ///   - started: told the address of the front page once everything is ready; what it returns is asked whether the
  ///     server is to stop.
  static func run(
    _ sites: consuming [ServedSite], on device: consuming Device, _ others: [Handover<Device>] = [], named name: String,
    at addresses: ServerAddresses, _ options: ServeOptions, _ signals: borrowing SignalDescriptor,
    announces: Bool = true, started: (String) throws(CommandFailure) -> (() -> Bool) = { _ in { false } }
  ) throws(CommandFailure) {
    let descriptor = device.descriptorNumber
    let properties = device.properties
    try DeviceOpening.check(addresses, fit: properties)
    let crew = try CommandFailure.catching { () throws(SystemError) in try Crew(count: others.count + 1) }
    let logger = ServerAssembly.logger(options)
    let log: LogFile? = if let path = options.accessLog { try LogFile(path: path, logger: logger) } else { nil }
    let engine = try ServerAssembly.engine(
      copy sites, properties, addresses, options, workers: others.count + 1, announces: announces)
    let reads = try ServerAssembly.reads(copy sites, engine, options)
    let banner = Banner(
      sites: (copy sites).map { Banner.Site($0) }, device: name, properties: properties,
      addresses: addresses, options: options, reads: reads.text,
      tables: ServerAssembly.tables(of: engine, workers: others.count + 1))
    // What may be refused comes before all that anybody sees. The admin server's threads are to run wherever there is time:
    // they are started before this one is pinned.
    var capture: CaptureFile? = if let path = options.capture { try ServerAssembly.capture(path) } else { nil }
    if let admin = options.admin { try AdminTask.start(at: admin, of: crew) }
    var threads: [WorkerThread] = []
    for (index, other) in others.enumerated() {
      let worker = try CrewMember(
        number: index + 1, of: crew, copy sites, on: other.take(), at: addresses, options, log: log, logger: logger)
      threads.append(try worker.start())
    }
    if !options.quiet { CommandOutput.error(banner.description) }
    for site in copy sites { if let notice = site.file.notice { logger.notice("\(notice)") } }
    let isOver = try started(banner.url)
    // From here on the engines alone decide how long a pack stays open.
    let places = (copy sites).enumerated().map { SitePlace(number: SiteNumber($0), path: $1.path, names: $1.names) }
    _ = consume sites
    if crew.isMany { Processors.pinThread(toAllowed: 0) }
    let grace = Interval.seconds(options.gracePeriod)
    if let file = capture.take() {
      let server = Cheetah(engine: engine, device: Captured(device, to: file))
      var loop = ServerLoop<Captured<Device>>(
        server: server, reads: reads, log: log, logger: logger, gracePeriod: grace, number: 0, of: crew)
      loop.places = places
      loop.run(device: descriptor, signals: signals, until: isOver)
    } else {
      let server = Cheetah(engine: engine, device: device)
      var loop = ServerLoop(
        server: server, reads: reads, log: log, logger: logger, gracePeriod: grace, number: 0, of: crew)
      loop.places = places
      loop.run(device: descriptor, signals: signals, until: isOver)
    }
    for thread in threads { thread.join() }
    log?.close()
    var total = crew.total
    total.lostLines += log?.lost ?? 0
    logger.notice("\(total)")
  }
}

/// The parts of a server.
enum ServerAssembly {
  /// An engine for sites, on a device with these properties.
  static func engine(
    _ sites: [ServedSite], _ properties: LinkProperties, _ addresses: ServerAddresses, _ options: ServeOptions,
    workers: Int, announces: Bool
  ) throws(CommandFailure) -> Engine {
    let (network, configuration) = try configurations(properties, addresses, options, workers: workers)
    let cache = BlockCache(
      frames: BlockCache.frames(within: options.cache.bytes / workers), waiters: network.mostConnections,
      identity: sites[0].superblock.identity)
    var host = Host(network, at: MonotonicClock().now)
    if announces { host.announce() }
    return Engine(configuration, host: host, cache: cache, sites: sites.map(\.pack))
  }

  /// The most connections of so many workers with engines like this one, and the most memory for them.
  static func tables(of engine: borrowing Engine, workers: Int) -> (connections: Int, bytes: Int) {
    let report = engine.report
    return (report.mostConnections * workers, report.tableBytes * workers)
  }

  /// A file for all frames.
  static func capture(_ path: String) throws(CommandFailure) -> CaptureFile {
    try CommandFailure.catching { () throws(CaptureError) in try CaptureFile(path: path) }
  }

  /// The reads of an engine.
  static func reads(
    _ sites: [ServedSite], _ engine: borrowing Engine, _ options: ServeOptions
  ) throws(CommandFailure) -> BlockReads {
    try CommandFailure.catching { () throws(SystemError) in
      let first = sites[0]
      var reads = try BlockReads(
        file: first.file, first.superblock, arena: engine.cache.arena, by: options.reads.method,
        depth: options.readDepth)
      for (number, site) in sites.enumerated().dropFirst() {
        try reads.open(site.file, site.superblock, at: engine.sites[SiteNumber(number)].slot)
      }
      return reads
    }
  }

  /// An engine for sites on the kernel's sockets. Its own host has nobody to talk to.
  static func engine(onSocketsFor sites: [ServedSite], _ options: ServeOptions) throws(CommandFailure) -> Engine {
    let nobody = HostAddresses(IPv4Address(0))
    var network = HostConfiguration(
      hardware: MACAddress(0), addresses: nobody, port: options.port, mtu: 1_500, secret: SipHash(key0: 0, key1: 0))
    (network.mostConnections, network.backlog, network.mostTimeWaits) = (options.mostConnections, 1, 1)
    network.mostReceiveBuffers = 1
    var configuration = EngineConfiguration()
    configuration.servesSockets = true
    configuration.prefetchesGroups = options.prefetch == .on
    configuration.mostHeads = options.mostConnections + 1
    let cache = BlockCache(
      frames: BlockCache.frames(within: options.cache.bytes), waiters: options.mostConnections,
      identity: sites[0].superblock.identity)
    return Engine(
      configuration, host: Host(network, at: MonotonicClock().now), cache: cache, sites: sites.map(\.pack))
  }

  /// The log for people, on the standard error.
  static func logger(_ options: ServeOptions) -> Logger {
    var logger = Logger(label: "cheetah") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = options.quiet ? .error : .notice
    return logger
  }
}
