import TestKit
import Testing
import Wire

/// Questions and answers about hardware addresses.
struct ARPPacketTests {
  static let request = [UInt8](
    hex: """
      0001 0800 06 04 0001      # Ethernet, IPv4, lengths, request
      0200 0000 0001 0A09 0001  # sender
      0000 0000 0000 0A09 0002  # target
      """)

  static func parse(_ bytes: [UInt8]) throws(ParseError) -> ARPPacket {
    var span = bytes.rawSpan
    return try ARPPacket(parsing: &span)
  }

  @Test func `A request asks for the hardware address of its target`() throws {
    let packet = try ARPPacketTests.parse(ARPPacketTests.request)
    #expect(packet.operation == .request)
    #expect(packet.senderHardware == MACAddress(0x0200_0000_0001))
    #expect(packet.sender == IPv4Address(0x0A09_0001))
    #expect(packet.targetHardware == MACAddress(0))
    #expect(packet.target == IPv4Address(0x0A09_0002))
  }

  @Test func `A reply is written as RFC 826 lays it out`() {
    let packet = ARPPacket(
      operation: .reply, senderHardware: MACAddress(0x0200_0000_0009), sender: IPv4Address(0x0A09_0002),
      targetHardware: MACAddress(0x0200_0000_0001), target: IPv4Address(0x0A09_0001))
    let bytes = [UInt8](count: ARPPacket.byteCount) { packet.write(to: &$0, at: 0) }
    let expected = [UInt8](hex: "0001 0800 0604 0002 0200 0000 0009 0A09 0002 0200 0000 0001 0A09 0001")
    #expect(bytes.hex == expected.hex)
  }

  @Test func `What is written is read again`() throws {
    var random = SeededRandom(seed: 826)
    for _ in 0..<1_000 {
      let packet = ARPPacket(
        operation: Bool.random(using: &random) ? .request : .reply,
        senderHardware: MACAddress(random.next()), sender: IPv4Address(UInt32(truncatingIfNeeded: random.next())),
        targetHardware: MACAddress(random.next()), target: IPv4Address(UInt32(truncatingIfNeeded: random.next())))
      let bytes = [UInt8](count: ARPPacket.byteCount) { packet.write(to: &$0, at: 0) }
      #expect(try ARPPacketTests.parse(bytes) == packet, "\(random)")
    }
  }

  @Test func `The padding of a short frame is left`() throws {
    let padded = ARPPacketTests.request + [UInt8](repeating: 0, count: 18)
    var span = padded.rawSpan
    #expect(try ARPPacket(parsing: &span).operation == .request)
    #expect(span.byteCount == 18)
  }

  @Test(arguments: 0..<ARPPacket.byteCount)
  func `A packet cut short is truncated`(length: Int) {
    #expect(throws: ParseError.truncated) { _ = try ARPPacketTests.parse(Array(ARPPacketTests.request.prefix(length))) }
  }

  @Test(arguments: [(0, 1), (1, 2), (2, 0x86), (3, 1), (4, 5), (4, 0), (5, 16), (5, 0), (6, 1), (7, 0), (7, 3)])
  func `Other networks, lengths and operations are unsupported`(offset: Int, value: UInt8) {
    var bytes = ARPPacketTests.request
    bytes[offset] = value
    #expect(throws: ParseError.unsupported) { _ = try ARPPacketTests.parse(bytes) }
  }
}
