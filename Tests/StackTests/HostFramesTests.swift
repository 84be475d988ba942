import Stack
import TestKit
import Testing
import Wire

/// Frames that are no segments of a connection: ARP, echo, and what is dropped and why.
struct HostFramesTests {
  static let header = "02 00 00 00 00 01  02 00 00 00 00 02"
  static let question = """
    FF FF FF FF FF FF  02 00 00 00 00 02  08 06
    00 01 08 00 06 04 00 01  02 00 00 00 00 02  0A 09 00 02  00 00 00 00 00 00  0A 09 00 01
    """

  /// An echo request with these bytes behind its header.
  static func echo(_ data: [UInt8]) -> [UInt8] {
    var message: [UInt8] = [8, 0, 0, 0, 0x12, 0x34, 0x00, 0x07] + data
    let sum = ~OnesComplement.sum(message.rawSpan)
    (message[2], message[3]) = (UInt8(sum >> 8), UInt8(sum & 0xFF))
    return [UInt8](hex: header) + [8, 0] + PeerSegment.packetHeader(protocol: 1, length: message.count) + message
  }

  /// A SYN.
  static var syn: [UInt8] { PeerSegment(sequence: 1, flags: .syn).frame() }

  /// The counters after a frame that must not be answered.
  static func drops(_ frame: [UInt8]) throws -> DropCounters {
    let bench = HostBench()
    try bench.deliver(frame)
    try bench.transmit()
    #expect(bench.output.isEmpty && bench.otherOutput.isEmpty)
    #expect(bench.host.halfOpenCount == 0)
    return bench.host.counters.drops
  }

  @Test func `A question for our hardware address is answered`() throws {
    let bench = HostBench()
    try bench.deliver([UInt8](hex: HostFramesTests.question))
    try bench.transmit()
    let answer = """
      02 00 00 00 00 02  02 00 00 00 00 01  08 06
      00 01 08 00 06 04 00 02  02 00 00 00 00 01  0A 09 00 01  02 00 00 00 00 02  0A 09 00 02
      """
    #expect(bench.otherOutput == [[UInt8](hex: answer)])
  }

  @Test func `A question for another address is not answered`() throws {
    var question = [UInt8](hex: HostFramesTests.question)
    question[41] = 9
    #expect(try HostFramesTests.drops(question) == DropCounters())
  }

  @Test func `An answer to a question nobody asked is not answered`() throws {
    var answer = [UInt8](hex: HostFramesTests.question)
    answer[21] = 2
    #expect(try HostFramesTests.drops(answer) == DropCounters())
  }

  @Test func `A question from everybody is dropped`() throws {
    var question = [UInt8](hex: HostFramesTests.question)
    for offset in 22..<28 { question[offset] = 0xFF }
    #expect(try HostFramesTests.drops(question).badFlags == 1)
  }

  @Test func `The host announces its address`() throws {
    let bench = HostBench()
    bench.host.announce()
    let isARP: ([UInt8]) -> Bool = { $0[12] == 8 && $0[13] == 6 }
    try bench.transmit()
    let announcement = """
      FF FF FF FF FF FF  02 00 00 00 00 01  08 06
      00 01 08 00 06 04 00 01  02 00 00 00 00 01  0A 09 00 01  00 00 00 00 00 00  0A 09 00 01
      """
    #expect(bench.otherOutput.filter(isARP) == [[UInt8](hex: announcement)])
  }

  @Test(arguments: [0, 1, 56, 57, 1_472])
  func `An echo request is sent back with its data`(count: Int) throws {
    let data = [UInt8](PatternText.bytes(at: 0, count: count))
    let bench = HostBench()
    try bench.deliver(HostFramesTests.echo(data))
    try bench.transmit()
    let reply = try #require(bench.otherOutput.first)
    #expect(bench.otherOutput.count == 1)
    #expect([UInt8](reply[0..<14]) == [UInt8](hex: "02 00 00 00 00 02  02 00 00 00 00 01  08 00"))
    #expect(OnesComplement.sum(reply[14..<34].rawBytes.rawSpan) == 0xFFFF)
    #expect([UInt8](reply[26..<34]) == [10, 9, 0, 1, 10, 9, 0, 2])
    #expect([UInt8](reply[34..<36]) == [0, 0])
    #expect([UInt8](reply[38..<42]) == [0x12, 0x34, 0x00, 0x07])
    #expect([UInt8](reply[42...]) == data)
    #expect(OnesComplement.sum(reply[34...].rawBytes.rawSpan) == 0xFFFF)
    #expect(bench.host.counters.echoesAnswered == 1)
  }

  @Test func `An echo request that is too long for a frame of ours is dropped`() throws {
    let bench = HostBench()
    try bench.deliver(HostFramesTests.echo([UInt8](repeating: 1, count: 5_000)))
    try bench.transmit()
    #expect(bench.otherOutput.isEmpty)
  }

  @Test func `A damaged echo request is dropped`() throws {
    var request = HostFramesTests.echo([1, 2, 3])
    request[request.count - 1] ^= 1
    #expect(try HostFramesTests.drops(request).badChecksum == 1)
  }

  @Test func `A frame for another station is dropped`() throws {
    var frame = HostFramesTests.syn
    frame[5] = 9
    #expect(try HostFramesTests.drops(frame).notForUs == 1)
  }

  @Test func `A packet for everybody on the link is dropped`() throws {
    var frame = HostFramesTests.syn
    for offset in 0..<6 { frame[offset] = 0xFF }
    #expect(try HostFramesTests.drops(frame).unsupported == 1)
  }

  @Test func `A packet for another address is dropped`() throws {
    let other = Station(hardware: Station.host.hardware, address: IPv4Address(0x0A09_0003))
    #expect(try HostFramesTests.drops(PeerSegment(sequence: 1, flags: .syn).frame(to: other)).notForUs == 1)
  }

  @Test(arguments: [0xE000_0001, 0xFFFF_FFFF, 0x0000_0001, 0x0A09_0001] as [UInt32])
  func `A packet from what cannot be a sender is dropped`(address: UInt32) throws {
    let peer = Station(hardware: Station.peer.hardware, address: IPv4Address(address))
    #expect(try HostFramesTests.drops(PeerSegment(sequence: 1, flags: .syn).frame(from: peer)).badFlags == 1)
  }

  @Test func `A packet from a group of stations is dropped`() throws {
    let peer = Station(hardware: MACAddress(0x0300_0000_0002), address: Station.peer.address)
    #expect(try HostFramesTests.drops(PeerSegment(sequence: 1, flags: .syn).frame(from: peer)).badFlags == 1)
  }

  @Test(arguments: [(0x20, 0x00), (0x00, 0x01), (0x20, 0xB9)] as [(UInt8, UInt8)])
  func `A fragment is dropped`(place: (UInt8, UInt8)) throws {
    var frame = HostFramesTests.syn
    (frame[20], frame[21]) = place
    HostFramesTests.repairPacketHeader(&frame)
    #expect(try HostFramesTests.drops(frame).fragment == 1)
  }

  @Test func `A packet of another protocol is dropped`() throws {
    var frame = HostFramesTests.syn
    frame[23] = 17
    HostFramesTests.repairPacketHeader(&frame)
    #expect(try HostFramesTests.drops(frame).unsupported == 1)
  }

  @Test(arguments: [0x8100, 0x88CC, 0x0000] as [UInt16])
  func `A frame of another type is dropped`(type: UInt16) throws {
    var frame = HostFramesTests.syn
    (frame[12], frame[13]) = (UInt8(type >> 8), UInt8(type & 0xFF))
    #expect(try HostFramesTests.drops(frame).unsupported == 1)
  }

  /// Computes the checksum of a packet's header of `count` bytes anew.
  static func repairPacketHeader(_ frame: inout [UInt8], count: Int = 20) {
    (frame[24], frame[25]) = (0, 0)
    let sum = ~OnesComplement.sum(frame[14..<(14 + count)].rawBytes.rawSpan)
    (frame[24], frame[25]) = (UInt8(sum >> 8), UInt8(sum & 0xFF))
  }
}

extension ArraySlice<UInt8> {
  /// The slice as an array of its own.
  var rawBytes: [UInt8] { [UInt8](self) }
}
