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
extension ServerLoop where Device: PolledDevice & ~Copyable {
  /// Serves a site on a device until it is told to stop.
  /// - Parameters:
  ///   - announces: whether to tell everybody where the address is, or a broker does that.
  ///   - started: told the address of the front page once everything is ready; what it returns is asked whether the
  ///     server is to stop.
  static func run(
    _ site: ServedSite, on device: consuming Device, named name: String, at address: InterfaceAddress,
    _ options: ServeOptions, _ signals: borrowing SignalDescriptor, announces: Bool = true,
    started: (String) throws(CommandFailure) -> (() -> Bool) = { _ in { false } }
  ) throws(CommandFailure) {
    let descriptor = device.descriptorNumber
    let properties = device.properties
    let engine = try ServerAssembly.engine(site, properties, address, options, announces: announces)
    let reads = try CommandFailure.catching { () throws(SystemError) in
      try BlockReads(file: site.file, arena: engine.cache.arena, by: options.reads.method)
    }
    let log: LogFile? = if let path = options.accessLog { try LogFile(path: path) } else { nil }
    let banner = Banner(
      site: site, device: name, properties: properties, address: address, options: options,
      reads: ReadsText(reads.reader))
    let logger = ServerAssembly.logger(options)
    if !options.quiet { CommandOutput.error(banner.description) }
    if let notice = site.file.notice { logger.notice("\(notice)") }
    let isOver = try started(banner.url)
    let grace = Interval.seconds(options.gracePeriod)
    guard let capture = options.capture else {
      let server = Cheetah(engine: engine, device: device)
      var loop = ServerLoop(server: server, reads: reads, log: log, logger: logger, gracePeriod: grace)
      loop.run(device: descriptor, signals: signals, until: isOver)
      return
    }
    let file = try CommandFailure.catching { () throws(CaptureError) in try CaptureFile(path: capture) }
    let server = Cheetah(engine: engine, device: Captured(device, to: file))
    var loop = ServerLoop<Captured<Device>>(
      server: server, reads: reads, log: log, logger: logger, gracePeriod: grace)
    loop.run(device: descriptor, signals: signals, until: isOver)
  }
}

/// The parts of a server.
enum ServerAssembly {
  /// An engine for a site, on a device with these properties.
  static func engine(
    _ site: ServedSite, _ properties: LinkProperties, _ address: InterfaceAddress, _ options: ServeOptions,
    announces: Bool
  ) throws(CommandFailure) -> Engine {
    var random = SystemRandomNumberGenerator()
    let secret = SipHash(key0: random.next(), key1: random.next())
    var network = HostConfiguration(
      hardware: properties.address, address: address.address, port: options.port, mtu: properties.mtu, secret: secret)
    network.deviceFinishesChecksums = properties.finishesChecksums
    network.largestSuperSegment = properties.largestSuperSegment
    network.mostConnections = options.maxConnections
    network.mostReceiveBuffers = min(network.mostReceiveBuffers, options.maxConnections)
    network.mergesAcknowledgments = options.merge == .on
    network.congestion = options.congestion.algorithm
    var configuration = EngineConfiguration()
    configuration.headerTimeout = .seconds(options.headerTimeout)
    configuration.requestLimits.headCount = options.headerBytes
    configuration.requestLimits.targetCount = min(configuration.requestLimits.targetCount, options.headerBytes)
    configuration.requestLimits.fieldCount = options.headerFields
    configuration.mostRequests = options.maxRequests
    configuration.idleTimeout = .seconds(options.idleTimeout)
    configuration.usesStoredSums = options.checksums == .stored
    configuration.prefetchesGroups = options.prefetch == .on
    configuration.readsAhead = options.readAhead == .on
    configuration.accessLogCapacity = options.accessLog == nil ? 0 : 1 << 20
    configuration.mostHeads = max(1_024, min(options.maxConnections * 2, 65_536))
    let cache = BlockCache(
      frames: options.cache.bytes / 65_536, waiters: options.maxConnections, identity: site.superblock.identity)
    var host = Host(network, at: MonotonicClock().now)
    if announces { host.announce() }
    return Engine(configuration, host: host, cache: cache, superblock: site.superblock)
  }

  /// The log for people, on the standard error.
  static func logger(_ options: ServeOptions) -> Logger {
    var logger = Logger(label: "cheetah") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = options.quiet ? .error : .notice
    return logger
  }
}
