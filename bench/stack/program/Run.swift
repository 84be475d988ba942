import CAllocations
import Cache
import Link
import LinuxLink
import Pack
import Server
import Stack
import TCP
import Time
import Wire

/// A server and its client, on a wire.
struct Run: ~Copyable {
  private var server: Cheetah<MemoryWire>
  private var client: WireClient
  private let site: Site
  private let isChecked: Bool
  private let clock = MonotonicClock()
  private var measurement = Measurement()

  /// Sets both up.
  init(site: Site, _ options: StackBench) {
    self.site = site
    isChecked = options.check
    let wire = MemoryWire(offload: options.offload, isChecked: options.check)
    var network = HostConfiguration(
      hardware: wire.properties.address, addresses: HostAddresses(IPv4Address(0x0A09_0002)), port: 80, mtu: 1_500,
      secret: SipHash(key0: 1, key1: 2))
    network.deviceFinishesChecksums = options.offload
    network.largestSuperSegment = wire.properties.largestSuperSegment
    let host = Host(network, at: clock.now)
    let cache = BlockCache(frames: 64, waiters: network.mostConnections, identity: site.superblock.identity)
    var engine = Engine(EngineConfiguration(), host: host, cache: cache, superblock: site.superblock)
    engine.setDate(unixSeconds: 1_795_000_000)
    server = Cheetah(engine: engine, device: wire)
    let connection = options.style == .connection ? "Connection: close\r\n" : ""
    client = WireClient(
      options.style, flows: options.flows, request: Array("GET / HTTP/1.1\r\nHost: 10.9.0.2\r\n\(connection)\r\n".utf8))
  }

  /// Runs until so many answers have come, after as many as fill the tables once.
  mutating func measure(_ answers: UInt64) -> Measurement {
    client.open(on: &server.device)
    while client.answerCount < answers / 10 { step() }
    measurement = Measurement()
    let before = client.answerCount
    while client.answerCount < before + answers { step() }
    measurement.answers = client.answerCount - before
    return measurement
  }

  private mutating func step() {
    let packets = server.device.counters.framesIn + server.device.counters.framesOut
    let allocations = callocations_count()
    let start = clock.now
    turn(at: start)
    measurement.nanoseconds += clock.now.since(start).nanoseconds
    measurement.allocations += callocations_count() - allocations
    measurement.packets += server.device.counters.framesIn + server.device.counters.framesOut - packets
    site.serve(&server.engine, at: start)
    client.answer(on: &server.device)
  }

  /// The server's turn: what callgrind is told to count.
  @inline(never)
  private mutating func turn(at now: Instant) {
    _ = server.turn(at: now)
  }
}
