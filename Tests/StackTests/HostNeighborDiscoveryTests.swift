import Stack
import TestKit
import Testing
import Time
import Wire

/// Who has which hardware address, in version 6 (RFC 4861, RFC 4862).
struct HostNeighborDiscoveryTests {
  static let own = IPv6Address(high: 0xFD09 << 48, low: 0x1_0001)
  static let peer = IPv6Address(high: 0xFD09 << 48, low: 0x2_0002)

  /// A frame with a message about neighbors.
  static func frame(
    _ kind: NeighborMessage.Kind, of target: IPv6Address, hardware: MACAddress? = Station.peer.hardware,
    from source: IPv6Address = peer, to destination: IPv6Address, hopLimit: UInt8 = 255
  ) -> [UInt8] {
    let message = ICMPv6Message.neighbor(NeighborMessage(kind, target: target, hardware: hardware))
    let header = IPv6Header(
      payloadLength: UInt16(message.byteCount), hopLimit: hopLimit, payloadProtocol: .icmpv6, source: source,
      destination: destination)
    let station = destination.isUnicast ? Station.host.hardware : destination.groupHardware
    return [UInt8](count: 54 + message.byteCount) { bytes in
      EthernetHeader(destination: station, source: Station.peer.hardware, type: .ipv6).write(to: &bytes, at: 0)
      header.write(to: &bytes, at: 14)
      message.write(to: &bytes, at: 54, from: source, to: destination)
    }
  }

  /// Message and addresses of a frame that the host has sent.
  static func read(
    _ frame: [UInt8]
  ) throws -> (to: MACAddress, header: IPv6Header, message: NeighborMessage) {
    var bytes = frame.rawSpan
    let ethernet = try EthernetHeader(parsing: &bytes)
    let header = try IPv6Header(parsing: &bytes)
    let parsed = try ICMPv6Message(parsing: &bytes, from: header.source, to: header.destination)
    guard case .neighbor(let message) = parsed else { throw TestFailure("\(parsed)") }
    return (ethernet.destination, header, message)
  }

  /// What the host sends after a frame.
  static func answers(_ frame: [UInt8]) throws -> [[UInt8]] {
    let bench = HostBench(peer: .peer6)
    try bench.deliver(frame)
    try bench.transmit()
    return bench.otherOutput
  }

  @Test func `A question in the group of our address is answered to who asked`() throws {
    let question = HostNeighborDiscoveryTests.frame(
      .solicitation, of: HostNeighborDiscoveryTests.own, to: HostNeighborDiscoveryTests.own.solicitedNode)
    let answers = try HostNeighborDiscoveryTests.answers(question)
    let (hardware, header, message) = try HostNeighborDiscoveryTests.read(try #require(answers.first))
    #expect(answers.count == 1)
    #expect(hardware == Station.peer.hardware)
    #expect(header.source == HostNeighborDiscoveryTests.own && header.destination == HostNeighborDiscoveryTests.peer)
    #expect(header.hopLimit == 255)
    #expect(message.kind == .advertisement(isSolicited: true, overrides: true))
    #expect(message.target == HostNeighborDiscoveryTests.own && message.hardware == Station.host.hardware)
  }

  @Test func `A question to our address itself is answered, with or without a hardware address`() throws {
    for hardware in [Station.peer.hardware, nil] {
      let question = HostNeighborDiscoveryTests.frame(
        .solicitation, of: HostNeighborDiscoveryTests.own, hardware: hardware, to: HostNeighborDiscoveryTests.own)
      let answer = try #require(try HostNeighborDiscoveryTests.answers(question).first)
      #expect(try HostNeighborDiscoveryTests.read(answer).to == Station.peer.hardware)
    }
  }

  @Test func `Who wants to know whether our address is free is told by all that it is not`() throws {
    let question = HostNeighborDiscoveryTests.frame(
      .solicitation, of: HostNeighborDiscoveryTests.own, hardware: nil, from: .unspecified,
      to: HostNeighborDiscoveryTests.own.solicitedNode)
    let answer = try #require(try HostNeighborDiscoveryTests.answers(question).first)
    let (hardware, header, message) = try HostNeighborDiscoveryTests.read(answer)
    #expect(hardware == IPv6Address.allNodes.groupHardware && header.destination == .allNodes)
    #expect(message.kind == .advertisement(isSolicited: false, overrides: true))
  }

  @Test func `A question for another address is not answered`() throws {
    // Its last bytes are those of ours: it is asked in the same group.
    let other = IPv6Address(high: 0xFD09 << 48, low: 0x7_0001_0001)
    let question = HostNeighborDiscoveryTests.frame(.solicitation, of: other, to: other.solicitedNode)
    #expect(try HostNeighborDiscoveryTests.answers(question).isEmpty)
  }

  @Test(arguments: [0, 1, 64, 254] as [UInt8])
  func `A question that a router has passed on is dropped`(hopLimit: UInt8) throws {
    let question = HostNeighborDiscoveryTests.frame(
      .solicitation, of: HostNeighborDiscoveryTests.own, to: HostNeighborDiscoveryTests.own.solicitedNode,
      hopLimit: hopLimit)
    #expect(try HostIPv6Tests.drops(question).badFlags == 1)
  }

  @Test func `A question from a group of stations is dropped`() throws {
    let question = HostNeighborDiscoveryTests.frame(
      .solicitation, of: HostNeighborDiscoveryTests.own, hardware: MACAddress(0x3333_0000_0001),
      to: HostNeighborDiscoveryTests.own.solicitedNode)
    #expect(try HostIPv6Tests.drops(question).badFlags == 1)
  }

  @Test func `A damaged question is dropped`() throws {
    var question = HostNeighborDiscoveryTests.frame(
      .solicitation, of: HostNeighborDiscoveryTests.own, to: HostNeighborDiscoveryTests.own.solicitedNode)
    question[question.count - 1] ^= 1
    #expect(try HostIPv6Tests.drops(question).badChecksum == 1)
  }

  @Test func `The host announces its addresses of both versions`() throws {
    let bench = HostBench()
    bench.host.announce()
    try bench.transmit()
    #expect(bench.otherOutput.count == 2)
    let (hardware, header, message) = try HostNeighborDiscoveryTests.read(try #require(bench.otherOutput.last))
    #expect(hardware == IPv6Address.allNodes.groupHardware && header.destination == .allNodes)
    #expect(header.source == HostNeighborDiscoveryTests.own && message.target == HostNeighborDiscoveryTests.own)
    #expect(message.kind == .advertisement(isSolicited: false, overrides: true))
  }

  @Test func `A peer whose hardware address is not known is asked for it in its group`() throws {
    let bench = HostBench(peer: .peer6)
    try bench.connect(by: .direct)
    try bench.transmit()
    let (hardware, header, message) = try HostNeighborDiscoveryTests.read(try #require(bench.otherOutput.first))
    let group = HostNeighborDiscoveryTests.peer.solicitedNode
    #expect(hardware == group.groupHardware && header.destination == group && header.hopLimit == 255)
    #expect(message.kind == .solicitation && message.target == HostNeighborDiscoveryTests.peer)
    #expect(message.hardware == Station.host.hardware)
    #expect(bench.output.isEmpty)
    try bench.deliver(
      HostNeighborDiscoveryTests.frame(
        .advertisement(isSolicited: true, overrides: true), of: HostNeighborDiscoveryTests.peer,
        to: HostNeighborDiscoveryTests.own))
    try bench.transmit()
    #expect(bench.output.map(\.flags) == [.syn])
    try bench.close()
  }

  @Test func `An answer for somebody else opens nothing`() throws {
    let bench = HostBench(peer: .peer6)
    try bench.connect(by: .direct)
    try bench.transmit()
    let other = IPv6Address(high: 0xFD09 << 48, low: 7)
    try bench.deliver(
      HostNeighborDiscoveryTests.frame(
        .advertisement(isSolicited: true, overrides: true), of: other, to: HostNeighborDiscoveryTests.own))
    try bench.transmit()
    #expect(bench.output.isEmpty)
    try bench.close()
  }
}
