import TCP
import TestKit
import Testing
import Wire

@testable import Stack

/// The memory of a host is a number that is known beforehand.
struct MemoryPlanTests {
  private static func configuration() -> HostConfiguration {
    HostConfiguration(
      hardware: MACAddress(2), addresses: HostAddresses(IPv4Address(0x0A09_0002)), port: 80, mtu: 1_500,
      secret: SipHash(key0: 1, key1: 2))
  }

  @Test func `A host of the usual size takes no more than documented`() {
    let plan = MemoryPlan(MemoryPlanTests.configuration())
    // Most of it are 1,024 buffers of 16 KiB, and connections of less than 700 bytes.
    #expect(plan.total < 48 << 20, "\(plan)")
    #expect(plan.buffers >= 16 << 20)
    #expect(plan.connections / 16_384 < 720, "\(plan.connections / 16_384) bytes for a connection")
  }

  @Test(arguments: [2 << 20, 4 << 20, 10_000_000, 64 << 20])
  func `As many connections as fit are allowed, and not one more`(bytes: Int) {
    var configuration = MemoryPlanTests.configuration()
    configuration.mostConnections = 1 << 20
    let fits = configuration.fit(into: bytes)
    #expect(fits)
    #expect(MemoryPlan(configuration).total <= bytes)
    var larger = configuration
    larger.backlog = MemoryPlanTests.configuration().backlog
    larger.mostTimeWaits = MemoryPlanTests.configuration().mostTimeWaits
    larger.mostReceiveBuffers = MemoryPlanTests.configuration().mostReceiveBuffers
    larger.mostSentRanges = MemoryPlanTests.configuration().mostSentRanges
    larger.resize(to: configuration.mostConnections + 1)
    #expect(MemoryPlan(larger).total > bytes)
  }

  @Test func `No more connections than wanted are allowed, however much would fit`() {
    var configuration = MemoryPlanTests.configuration()
    let fits = configuration.fit(into: 1 << 30)
    #expect(fits)
    #expect(configuration.mostConnections == 16_384)
  }

  @Test func `What other tables take for each connection counts`() {
    var (alone, shared) = (MemoryPlanTests.configuration(), MemoryPlanTests.configuration())
    let fits = (alone.fit(into: 8 << 20), shared.fit(into: 8 << 20, beside: { $0 * 1_024 + 1 << 20 }))
    #expect(fits.0 && fits.1)
    #expect(shared.mostConnections < alone.mostConnections)
    #expect(MemoryPlan(shared).total + shared.mostConnections * 1_024 + 1 << 20 <= 8 << 20)
  }

  @Test func `Less than a few connections are no host`() {
    var configuration = MemoryPlanTests.configuration()
    let fits = configuration.fit(into: 100_000)
    #expect(!fits)
    #expect(configuration.mostConnections == 16_384)
  }

  @Test func `A flood fills the tables, is refused and counted, and leaves room when it is over`() throws {
    var configuration = BenchConfiguration()
    (configuration.mostConnections, configuration.backlog, configuration.mostTimeWaits) = (8, 8, 8)
    let bench = HostBench(configuration, start: HostBench.start(for: 1_000, configuration))
    for port in UInt16(20_000)..<22_000 {
      var syn = PeerSegment(sequence: 5_000, flags: .syn)
      syn.sourcePort = port
      try bench.deliver(syn)
      try bench.transmit()
      guard let answer = bench.output.popLast(), answer.port == port else { continue }
      var last = PeerSegment(sequence: 5_001, flags: .ack)
      (last.sourcePort, last.acknowledgment) = (port, answer.end)
      try bench.deliver(last)
      try bench.transmit()
      bench.output.removeAll()
    }
    let counters = bench.host.counters
    let (connections, handshakes) = (bench.host.connectionCount, bench.host.halfOpenCount)
    #expect(connections == 8 && handshakes <= 8)
    #expect(counters.connectionsOpened == 8)
    #expect(counters.synsDropped == 1_992)
  }
}
