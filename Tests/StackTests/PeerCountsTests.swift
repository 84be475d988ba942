import TCP
import TestKit
import Testing
import Wire

@testable import Stack

/// How many connections an address may have, and that they are counted right.
struct PeerCountsTests {
  @Test(arguments: 1...10)
  func `The table counts as a dictionary does`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var table = PeerCounts(capacity: 64, limit: 5, secret: SipHash(key0: random.next(), key1: random.next()))
    var model: [IPAddress] = []
    for _ in 0..<3_000 {
      let peer = IPAddress(IPv4Address(0x0A00_0000 | UInt32.random(in: 0..<40, using: &random)))
      if model.count < 64, Bool.random(using: &random) {
        let count = model.count { $0 == peer }
        #expect(table.hasRoom(for: peer) == (count < 5), "seed \(seed)")
        table.add(peer)
        model.append(peer)
      } else if let gone = model.indices.randomElement(using: &random) {
        table.remove(model.remove(at: gone))
      }
      #expect(table.count(of: peer) == model.count { $0 == peer }, "seed \(seed)")
    }
    for peer in model { table.remove(peer) }
    for number in 0..<40 as Range<UInt32> {
      #expect(table.count(of: IPAddress(IPv4Address(0x0A00_0000 | number))) == 0)
    }
  }

  @Test func `Without a limit nothing is counted`() {
    var table = PeerCounts(capacity: 4, limit: nil, secret: SipHash(key0: 1, key1: 2))
    for _ in 0..<100 { table.add(Station.peer.address) }
    #expect(table.hasRoom(for: Station.peer.address) == true)
    #expect(table.count(of: Station.peer.address) == 0)
  }

  @Test func `A SYN of an address with its share is dropped and counted, until a connection is gone`() throws {
    var configuration = BenchConfiguration()
    configuration.mostConnectionsPerAddress = 2
    let bench = HostBench(configuration)
    try bench.open(1)
    try bench.open(2)
    bench.output = []
    var syn = PeerSegment(sequence: 9, flags: .syn)
    syn.sourcePort = 3
    try bench.deliver(syn)
    try bench.transmit()
    #expect(bench.output.isEmpty)
    #expect(bench.host.counters.synsOverShare == 1)
    var reset = PeerSegment(sequence: 5_001, flags: .rst)
    reset.sourcePort = 1
    try bench.deliver(reset)
    try bench.open(3)
    #expect(bench.host.connectionCount == 2)
    try bench.close()
  }

  @Test func `Handshakes begun together do not get an address more than its share`() throws {
    var configuration = BenchConfiguration()
    configuration.mostConnectionsPerAddress = 1
    let bench = HostBench(configuration)
    for port in 1...2 as ClosedRange<UInt16> {
      var syn = PeerSegment(sequence: 5_000, flags: .syn)
      syn.sourcePort = port
      try bench.deliver(syn)
    }
    try bench.transmit()
    #expect(bench.output.count == 2)
    for answer in bench.output {
      var acknowledgment = PeerSegment(sequence: 5_001, flags: .ack)
      acknowledgment.sourcePort = answer.port
      acknowledgment.acknowledgment = answer.end
      try bench.deliver(acknowledgment)
    }
    #expect(bench.host.connectionCount == 1)
    #expect(bench.host.counters.synsOverShare == 1)
    try bench.close()
  }
}
