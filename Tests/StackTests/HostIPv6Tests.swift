import Stack
import TestKit
import Testing
import Time
import Wire

/// Frames of version 6: what is answered, and what is dropped and why.
struct HostIPv6Tests {
  static var syn: [UInt8] {
    var segment = PeerSegment(sequence: 1_000, flags: .syn)
    segment.options = [2, 4, 0x05, 0xA0]
    return segment.frame(from: .peer6)
  }

  /// The counters after a frame that must not be answered.
  static func drops(_ frame: [UInt8]) throws -> DropCounters {
    let bench = HostBench(peer: .peer6)
    try bench.deliver(frame)
    try bench.transmit()
    #expect(bench.output.isEmpty && bench.otherOutput.isEmpty)
    #expect(bench.host.halfOpenCount == 0)
    return bench.host.counters.drops
  }

  @Test func `A connection over IPv6 carries text`() throws {
    let bench = HostBench(peer: .peer6)
    try bench.open()
    try bench.write(100_000)
    try bench.transmit()
    #expect(bench.output.contains { $0.text.count == 1_440 })
    try bench.close()
  }

  @Test func `Both versions are served side by side, and share the tables`() throws {
    var host = Host(BenchConfiguration().host, at: .epoch)
    for (number, peer) in [Station.peer, .peer6].enumerated() {
      _ = host.receive(PeerSegment(sequence: 7, flags: .syn).frame(from: peer).rawSpan, isVouchedFor: false, at: .epoch)
      #expect(host.halfOpenCount == number + 1)
    }
  }

  @Test func `The segments offered are as large as the header of the version leaves room for`() {
    let settings = BenchConfiguration().host
    #expect(settings.mss(.ipv4) == 1_460)
    #expect(settings.mss(.ipv6) == 1_440)
  }

  @Test func `A peer that says nothing of sizes takes what every link carries`() throws {
    let bench = HostBench(peer: .peer6)
    try bench.deliver(PeerSegment(sequence: 1_000, flags: .syn))
    try bench.transmit()
    let answer = try #require(bench.output.first)
    var last = PeerSegment(sequence: 1_001, flags: .ack)
    last.acknowledgment = answer.sequence &+ 1
    try bench.deliver(last)
    try bench.write(2_000)
    try bench.transmit()
    #expect(bench.output.last { $0.text.count > 1_000 }?.text.count == 1_220)
    try bench.close()
  }

  @Test(arguments: [0, 1, 56, 1_400])
  func `An echo request is sent back with its data`(count: Int) throws {
    let data = [UInt8](PatternText.bytes(at: 0, count: count))
    let bench = HostBench(peer: .peer6)
    try bench.deliver(RouterMessage.frame([128, 0, 0, 0, 0x12, 0x34, 0, 7] + data, from: .peer6))
    try bench.transmit()
    var expected = RouterMessage.frame([129, 0, 0, 0, 0x12, 0x34, 0, 7] + data, from: .peer6)
    // The same the other way round; the checksum covers both addresses and is the same.
    expected.replaceSubrange(0..<12, with: [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1])
    expected.replaceSubrange(22..<54, with: expected[38..<54] + expected[22..<38])
    #expect(bench.otherOutput == [expected])
    #expect(bench.host.counters.echoesAnswered == 1)
  }

  @Test func `A host without an address of version 6 does not hear it`() throws {
    var settings = BenchConfiguration().host
    settings.addresses = HostAddresses(IPv4Address(0x0A09_0001))
    var host = Host(settings, at: .epoch)
    _ = host.receive(HostIPv6Tests.syn.rawSpan, isVouchedFor: false, at: .epoch)
    #expect(host.counters.drops.unsupported == 1)
    #expect(host.nextFrame(at: .epoch) == nil)
  }

  @Test func `A packet for another address is dropped`() throws {
    let other = Station(hardware: Station.host.hardware, address: IPv6Address(high: 0xFD09 << 48, low: 9))
    let frame = PeerSegment(sequence: 1, flags: .syn).frame(from: .peer6, to: other)
    #expect(try HostIPv6Tests.drops(frame).notForUs == 1)
  }

  @Test(arguments: ["::", "::1", "ff02::1", "::ffff:10.9.0.2", "::10.9.0.2", "fd09::1:1"])
  func `A packet from what cannot be a sender is dropped`(text: String) throws {
    let source = try #require(IPv6Address(text))
    var frame = PeerSegment(sequence: 1, flags: .syn).frame(from: .peer6)
    frame.withMutableRawSpan { source.write(to: &$0, at: 22) }
    #expect(try HostIPv6Tests.drops(frame).badFlags == 1)
  }

  @Test func `A segment for a group of hosts is dropped`() throws {
    let group = try #require(Station.host6.address.ipv6).solicitedNode
    let everybody = Station(hardware: group.groupHardware, address: group)
    let frame = PeerSegment(sequence: 1, flags: .syn).frame(from: .peer6, to: everybody)
    #expect(try HostIPv6Tests.drops(frame).notForUs == 1)
  }

  @Test func `A fragment is dropped and counted`() throws {
    var frame = HostIPv6Tests.syn
    frame[20] = 44
    frame.insert(contentsOf: [6, 0, 0, 1, 0, 0, 0, 9], at: 54)
    frame[19] += 8
    #expect(try HostIPv6Tests.drops(frame).fragment == 1)
  }

  @Test func `A segment behind extension headers is heard`() throws {
    var frame = HostIPv6Tests.syn
    frame[20] = 60
    frame.insert(contentsOf: [6, 0, 1, 4, 0, 0, 0, 0], at: 54)
    frame[19] += 8
    let bench = HostBench(peer: .peer6)
    bench.expectFlow()
    try bench.deliver(frame)
    #expect(bench.host.halfOpenCount == 1)
  }

  @Test func `A wrong checksum is found`() throws {
    var frame = HostIPv6Tests.syn
    frame[70] ^= 1
    #expect(try HostIPv6Tests.drops(frame).badChecksum == 1)
  }

  @Test func `What is left to the device is the sum of the pseudo-header`() throws {
    var configuration = BenchConfiguration()
    configuration.deviceFinishesChecksums = true
    configuration.largestSuperSegment = 65_455
    let bench = HostBench(configuration, peer: .peer6)
    try bench.open()
    try bench.write(60_000)
    try bench.transmit()
    #expect(bench.output.contains { $0.text.count > 1_440 })
    try bench.close()
  }

  @Test func `Each of several addresses answers`() throws {
    var settings = BenchConfiguration().host
    let first = IPv6Address(high: 0xFD09 << 48, low: 0x1_0000)
    settings.addresses = HostAddresses(first, count: 4)
    var host = Host(settings, at: .epoch)
    for (low, isOurs) in [(0xFFFF, false), (0x1_0000, true), (0x1_0003, true), (0x1_0004, false)] as [(UInt64, Bool)] {
      let own = Station(hardware: Station.host.hardware, address: IPv6Address(high: first.high, low: low))
      let frame = PeerSegment(sequence: 1, flags: .syn).frame(from: .peer6, to: own)
      _ = host.receive(frame.rawSpan, isVouchedFor: false, at: .epoch)
      #expect((host.nextFrame(at: .epoch) != nil) == isOurs, "\(low)")
    }
  }

  @Test func `The connections of a network of version 6 are counted together`() throws {
    var configuration = BenchConfiguration()
    (configuration.mostConnections, configuration.mostConnectionsPerAddress) = (8, 2)
    var host = Host(configuration.host, at: .epoch)
    for (number, low) in ([1, 2, 3] as [UInt64]).enumerated() {
      let peer = Station(hardware: Station.peer.hardware, address: IPv6Address(high: 0xFD09 << 48, low: low << 32))
      var segment = PeerSegment(sequence: 1, flags: .syn)
      _ = host.receive(segment.frame(from: peer).rawSpan, isVouchedFor: false, at: .epoch)
      guard host.nextFrame(at: .epoch) != nil else {
        #expect(number == 2)
        continue
      }
      segment = PeerSegment(sequence: 2, flags: .ack)
      segment.acknowledgment = host.headerBytes.uint32(at: 58) &+ 1
      _ = host.receive(segment.frame(from: peer).rawSpan, isVouchedFor: false, at: .epoch)
      while host.nextFrame(at: .epoch) != nil {}
    }
    #expect(host.connectionCount == 2)
    #expect(host.counters.synsOverShare == 1)
  }
}
