import TCP
import TestKit
import Testing
import Time
import Wire

@testable import Stack

/// Whom a host opens connections to, from where, and how it finds them.
struct HostOpeningTests {
  static let router = Station(hardware: MACAddress(0x0200_0000_0099), address: IPv4Address(0x0A09_00FE))

  /// The answer of a station to a question of the host.
  static func answer(_ station: Station) -> [UInt8] {
    var frame = [UInt8]()
    frame.append(Station.host.hardware.value, count: 6)
    frame.append(station.hardware.value, count: 6)
    frame.append(0x0806, count: 2)
    frame += [0, 1, 8, 0, 6, 4, 0, 2]
    frame.append(station.hardware.value, count: 6)
    frame.append(station.address)
    frame.append(Station.host.hardware.value, count: 6)
    frame.append(Station.host.address)
    return frame
  }

  /// The address that a question asks for; nil where the frame is none.
  static func question(_ frame: [UInt8]) -> IPAddress? {
    let bytes = frame.rawSpan
    guard bytes.byteCount == 42, bytes.uint16(at: 12) == 0x0806, bytes.uint16(at: 20) == 1,
      MACAddress(bytes, at: 0) == .broadcast
    else { return nil }
    return IPAddress(IPv4Address(bytes, at: 38))
  }

  @Test func `A peer whose hardware address is not known is asked for it first`() throws {
    let bench = HostBench()
    try bench.connect(by: .direct)
    try bench.transmit()
    #expect(bench.otherOutput.map(HostOpeningTests.question) == [Station.peer.address])
    #expect(bench.output.isEmpty)
    try bench.deliver(HostOpeningTests.answer(.peer))
    try bench.transmit()
    #expect(bench.output.count == 1)
    #expect(bench.output.first?.flags == .syn)
    try bench.close()
  }

  @Test func `An answer is remembered for a minute`() throws {
    let bench = HostBench()
    try bench.connect(by: .direct)
    try bench.transmit()
    try bench.deliver(HostOpeningTests.answer(.peer))
    try bench.transmit()
    try bench.giveUp()
    bench.otherOutput = []
    try bench.advance(to: bench.now + .seconds(59))
    try bench.connect(by: .direct)
    try bench.transmit()
    #expect(bench.otherOutput.isEmpty && bench.output.count == 2)
    try bench.giveUp()
    try bench.advance(to: bench.now + .seconds(2))
    try bench.connect(by: .direct)
    try bench.transmit()
    #expect(bench.otherOutput.map(HostOpeningTests.question) == [Station.peer.address])
    try bench.close()
  }

  @Test func `Who does not answer three questions is unreachable`() throws {
    let bench = HostBench()
    try bench.connect(by: .direct)
    try bench.transmit()
    try bench.advance(to: bench.now + .milliseconds(2_999))
    #expect(bench.otherOutput.count == 3)
    #expect(bench.host.openingCount == 1)
    try bench.advance(to: bench.now + .milliseconds(2))
    let events = try bench.flow(Station.peerPort).events
    #expect(events.map(\.event) == [.ended(.unreachable)])
    #expect(bench.host.counters.openingsFailed == 1)
    #expect(bench.host.openingCount == 0 && bench.host.connectionCount == 0)
    try bench.close()
  }

  @Test func `Frames for a peer behind a router go to the router`() throws {
    let bench = HostBench()
    try bench.connect(by: .router(HostOpeningTests.router.address))
    try bench.transmit()
    #expect(bench.otherOutput.map(HostOpeningTests.question) == [HostOpeningTests.router.address])
    var host = Host(BenchConfiguration().host, at: .epoch)
    let way = NextHop.router(HostOpeningTests.router.address)
    #expect(host.open(to: Station.peer.address, port: 7, by: way, at: .epoch) != nil)
    _ = host.nextFrame(at: .epoch)
    _ = host.receive(HostOpeningTests.answer(HostOpeningTests.router).rawSpan, isVouchedFor: false, at: .epoch)
    #expect(host.nextFrame(at: .epoch)?.kind == .control)
    #expect(MACAddress(host.headerBytes, at: 0) == HostOpeningTests.router.hardware)
  }

  @Test func `Nobody who was not asked is believed`() throws {
    let bench = HostBench()
    try bench.deliver(HostOpeningTests.answer(.peer))
    try bench.connect(by: .direct)
    try bench.transmit()
    #expect(bench.otherOutput.map(HostOpeningTests.question) == [Station.peer.address])
    try bench.close()
  }

  @Test func `Our ends of connections to one port differ, over all addresses`() {
    var ports = EphemeralPorts(secret: BenchConfiguration().host.secret)
    var ends = Set<FlowKey>()
    for _ in 0..<1_000 {
      guard let end = ports.next(to: Station.peer.address, port: 80, addressCount: 3, isFree: { !ends.contains($0) })
      else { break }
      ends.insert(end)
    }
    #expect(ends.count == 1_000)
    #expect(ends.allSatisfy { $0.localPort >= EphemeralPorts.lowest && $0.local < 3 && $0.peerPort == 80 })
    for local in 0..<3 as Range<UInt16> {
      #expect(ports.next(to: Station.peer.address, port: 80, addressCount: 3) { $0.local == local } != nil)
    }
  }

  @Test func `When every port is taken there is none, and the last free one is found`() {
    var ports = EphemeralPorts(secret: BenchConfiguration().host.secret)
    #expect(ports.next(to: Station.peer.address, port: 80, addressCount: 1) { _ in false } == nil)
    for port in [1_024, 1_025, 40_000, 65_535] as [UInt16] {
      let end = ports.next(to: Station.peer.address, port: 80, addressCount: 1) { $0.localPort == port }
      #expect(end?.localPort == port)
    }
  }

  @Test func `The port that is listened on is nobody's end`() {
    /// The ends of the first two connections of a host that listens on a port.
    func ends(listening port: UInt16) -> [UInt16] {
      var settings = BenchConfiguration().host
      settings.port = port
      var host = Host(settings, at: .epoch)
      let way = NextHop.hardware(Station.peer.hardware)
      return (0..<2).map { _ in
        let id = host.open(to: Station.peer.address, port: 80, by: way, at: .epoch)
        return id.map { host.connections.keys[$0.index].localPort } ?? 0
      }
    }
    let free = ends(listening: 80)
    #expect(free[1] == free[0] + 1)
    #expect(ends(listening: free[1]) == [free[0], free[1] + 1])
  }

  @Test func `A deadline can be set while a connection is being opened, and stays`() throws {
    let bench = HostBench()
    try bench.connect()
    bench.host.setDeadline(bench.now + .milliseconds(500), on: try bench.id())
    try bench.transmit()
    try bench.advance(to: bench.now + .milliseconds(499))
    #expect(try bench.flow(Station.peerPort).events.isEmpty)
    try bench.advance(to: bench.now + .milliseconds(2))
    #expect(try bench.flow(Station.peerPort).events.map(\.event) == [.deadline])
    #expect(bench.output.count == 1)
    try bench.advance(to: bench.now + .milliseconds(600))
    #expect(bench.output.count == 2)
    try bench.close()
  }

  @Test func `A host without a port refuses what is opened to it`() throws {
    var configuration = BenchConfiguration()
    configuration.listens = false
    let bench = HostBench(configuration)
    try bench.deliver(PeerSegment(sequence: 5, flags: .syn))
    try bench.transmit()
    #expect(bench.output.map(\.flags) == [[.rst, .ack]])
  }

  @Test func `Every one of several addresses answers`() throws {
    var settings = BenchConfiguration().host
    settings.addresses = HostAddresses(IPv4Address(0x0A09_0100), count: 4)
    var host = Host(settings, at: .epoch)
    let other = Station(hardware: Station.host.hardware, address: IPv4Address(0x0A09_0103))
    var syn = PeerSegment(sequence: 5, flags: .syn)
    syn.options = [2, 4, 5, 180]
    _ = host.receive(syn.frame(to: other).rawSpan, isVouchedFor: false, at: .epoch)
    #expect(host.nextFrame(at: .epoch) != nil)
    #expect(IPAddress(IPv4Address(host.headerBytes, at: 26)) == other.address)
    let beyond = Station(hardware: Station.host.hardware, address: IPv4Address(0x0A09_0104))
    _ = host.receive(syn.frame(to: beyond).rawSpan, isVouchedFor: false, at: .epoch)
    #expect(host.nextFrame(at: .epoch) == nil)
    #expect(host.counters.drops.notForUs == 1)
  }
}
