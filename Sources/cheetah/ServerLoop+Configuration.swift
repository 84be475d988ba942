import HTTP
import Link
import LinuxLink
import Pack
import Server
import Stack
import TCP
import Time
import Wire

/// What the options of the command mean for each worker.
extension ServerAssembly {
  /// The configurations of a worker's host and engine. Workers share the memory and the connections that there may be.
  static func configurations(
    _ properties: LinkProperties, _ addresses: ServerAddresses, _ options: ServeOptions, workers: Int
  ) throws(CommandFailure) -> (network: HostConfiguration, engine: EngineConfiguration) {
    var network = network(properties, addresses, options)
    network.mostConnectionsPerAddress = options.maxConnectionsPerAddress.map { ($0 + workers - 1) / workers }
    var engine = engine(options)
    if let memory = options.memory {
      network.mostConnections = ((options.maxConnections ?? ServeOptions.largestTable) + workers - 1) / workers
      let fits = network.fit(into: memory.bytes / workers) { connections in
        var resized = engine
        resized.resize(to: connections)
        return resized.byteCount(connections: connections)
      }
      guard fits else { throw .usage("--memory is too small for any connection: give it 8M at least for each worker") }
    } else {
      network.mostConnections = (options.mostConnections + workers - 1) / workers
      network.mostOrphans = max(network.mostConnections / 2, min(network.mostConnections, 1_024))
      network.mostReceiveBuffers = min(network.mostReceiveBuffers, network.mostConnections)
      network.reservedReceiveBuffers = network.mostReceiveBuffers / 4
    }
    engine.resize(to: network.mostConnections)
    return (network, engine)
  }

  private static func network(
    _ properties: LinkProperties, _ addresses: ServerAddresses, _ options: ServeOptions
  ) -> HostConfiguration {
    var random = SystemRandomNumberGenerator()
    let secret = SipHash(key0: random.next(), key1: random.next())
    var network = HostConfiguration(
      hardware: properties.address, addresses: addresses.host, port: options.port, mtu: properties.mtu, secret: secret)
    network.deviceFinishesChecksums = properties.finishesChecksums
    network.largestSuperSegment = properties.largestSuperSegment
    network.mergesAcknowledgments = options.merge == .on
    network.keepAlive = options.keepAliveProbes > 0 ? KeepAlive(idleSeconds: options.keepAliveProbes) : nil
    network.congestion = options.congestion.algorithm
    network.hasECN = options.ecn == .on
    network.hasTimestamps = options.timestamps == .on
    return network
  }

  private static func engine(_ options: ServeOptions) -> EngineConfiguration {
    var engine = EngineConfiguration()
    engine.headerTimeout = .seconds(options.headerTimeout)
    engine.requestLimits.headCount = options.headerBytes
    engine.requestLimits.targetCount = min(engine.requestLimits.targetCount, options.headerBytes)
    engine.requestLimits.fieldCount = options.headerFields
    engine.mostRequests = options.maxRequests
    engine.idleTimeout = .seconds(options.idleTimeout)
    engine.leastRate = options.minRate
    engine.slownessTimeout = .seconds(options.slowTimeout)
    engine.mostCopies = options.retransmit == .copy ? (64 << 20) / BlockGeometry.payloadCount : 0
    engine.usesStoredSums = options.checksums == .stored
    engine.prefetchesGroups = options.prefetch == .on
    engine.readsAhead = options.readAhead == .on
    engine.accessLogCapacity = options.accessLog == nil ? 0 : 1 << 20
    engine.logFormat = options.logFormat
    return engine
  }
}
