import Stack
import TCP
import TestKit
import Testing
import Time
import Wire

/// What routers on the way say of packets of version 6 (RFC 4443, RFC 8201).
struct HostPath6Tests {
  /// A bench with text in flight, and the number of its first byte.
  static func inFlight() throws -> (bench: HostBench, sequence: UInt32) {
    let bench = HostBench(peer: .peer6)
    try bench.open()
    try bench.write(4_000)
    try bench.transmit()
    return (bench, try #require(bench.output.first { !$0.text.isEmpty }).sequence)
  }

  @Test(
    arguments: [(1_400, 1_340), (1_281, 1_221), (1_280, 1_220), (1_279, 1_220), (68, 1_220), (1, 1_220)]
      as [(UInt16, UInt16)])
  func `Segments become as small as a router wants, but never smaller than every link carries`(
    mtu: UInt16, size: UInt16
  ) throws {
    let (bench, number) = try HostPath6Tests.inFlight()
    try bench.deliver(RouterMessage.unreachable(mtu: mtu, sequence: number, about: .peer6))
    #expect(try bench.connection().snd.mss == size)
    #expect(bench.host.counters.pathsNarrowed == 1)
    try bench.transmit()
    try bench.close()
  }

  @Test func `Who knows no number in flight is not believed`() throws {
    let (bench, number) = try HostPath6Tests.inFlight()
    try bench.deliver(RouterMessage.unreachable(mtu: 1_300, sequence: number &+ 0x1000_0000, about: .peer6))
    try bench.deliver(RouterMessage.unreachable(mtu: 1_300, sequence: number, port: 40_001, about: .peer6))
    #expect(try bench.connection().snd.mss == 1_440)
    #expect(bench.host.counters.messagesIgnored == 2)
    try bench.close()
  }

  @Test func `What speaks of no segment is dropped`() throws {
    let (bench, number) = try HostPath6Tests.inFlight()
    try bench.deliver(RouterMessage.unreachable(mtu: 1_300, sequence: number, protocol: 17, about: .peer6))
    #expect(try bench.connection().snd.mss == 1_440)
    #expect(bench.host.counters.drops.badLength == 1)
    try bench.close()
  }

  @Test(arguments: [(2, true), (3, true), (0, false), (1, false)] as [(UInt8, Bool)])
  func `An opening is given up only where nobody will ever answer`(code: UInt8, isGivenUp: Bool) throws {
    let bench = HostBench(peer: .peer6)
    try bench.connect()
    try bench.transmit()
    let number = try #require(bench.output.first).sequence
    try bench.deliver(RouterMessage.unreachable(code: code, sequence: number, about: .peer6))
    #expect((try bench.flow(Station.peerPort).events.last?.event == .ended(.unreachable)) == isGivenUp)
    try bench.close()
  }
}
