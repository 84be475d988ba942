import TestKit
import Testing
import Wire

/// Control messages of version 6.
struct ICMPv6MessageTests {
  static let source = IPv6Address(high: 0xFD09 << 48, low: 1)
  static let destination = IPv6Address(high: 0xFD09 << 48, low: 2)

  /// A question that a Linux host has asked, from fd09::1 for fd09::2, to ff02::1:ff00:2.
  static let question = [UInt8](
    hex: "8700 8B45 0000 0000 FD09 0000 0000 0000 0000 0000 0000 0002  0101 0200 0000 0001")

  static func parse(
    _ bytes: [UInt8], to destination: IPv6Address = destination
  ) throws(ParseError) -> (message: ICMPv6Message, rest: Int) {
    var span = bytes.rawSpan
    let message = try ICMPv6Message(parsing: &span, from: source, to: destination)
    return (message, span.byteCount)
  }

  static func written(
    _ message: ICMPv6Message, followedBy rest: [UInt8] = [], to destination: IPv6Address = destination
  ) -> [UInt8] {
    let sum = InternetChecksum(summing: rest.rawSpan)
    return [UInt8](count: message.byteCount) {
      message.write(to: &$0, at: 0, followedBy: sum, count: rest.count, from: source, to: destination)
    } + rest
  }

  /// The message with a checksum that is right, whoever wrote it.
  static func repaired(_ bytes: [UInt8], to destination: IPv6Address = destination) -> [UInt8] {
    var bytes = bytes
    (bytes[2], bytes[3]) = (0, 0)
    let pseudo = OnesComplement.pseudoHeader(
      IPAddress(source), IPAddress(destination), length: bytes.count, protocol: 58)
    let sum = ~OnesComplement.sum(bytes.rawSpan, from: pseudo)
    (bytes[2], bytes[3]) = (UInt8(sum >> 8), UInt8(sum & 0xFF))
    return bytes
  }

  @Test func `A question for a hardware address is read`() throws {
    let group = ICMPv6MessageTests.destination.solicitedNode
    let bytes = ICMPv6MessageTests.repaired(ICMPv6MessageTests.question, to: group)
    let (message, rest) = try ICMPv6MessageTests.parse(bytes, to: group)
    let hardware = MACAddress(0x0200_0000_0001)
    #expect(
      message == .neighbor(NeighborMessage(.solicitation, target: ICMPv6MessageTests.destination, hardware: hardware)))
    #expect(rest == 0)
  }

  @Test(
    arguments: [
      .echoRequest(identifier: 0, sequence: 0), .echoRequest(identifier: .max, sequence: .max),
      .echoReply(identifier: 1, sequence: 2), .packetTooBig(mtu: 0), .packetTooBig(mtu: 1_280),
      .packetTooBig(mtu: .max),
      .unreachable(code: 0), .unreachable(code: 4), .other(type: 3, code: 0), .other(type: 128, code: 1),
      .other(type: 134, code: 0),
    ] as [ICMPv6Message])
  func `What is written is read again`(message: ICMPv6Message) throws {
    var random = SeededRandom(seed: 4_443)
    for length in 0..<64 {
      let bytes = ICMPv6MessageTests.written(message, followedBy: random.bytes(count: length))
      #expect(bytes == ICMPv6MessageTests.repaired(bytes), "\(random)")
      let (parsed, rest) = try ICMPv6MessageTests.parse(bytes)
      #expect(parsed == message, "\(random)")
      #expect(rest == length, "\(random)")
    }
  }

  @Test(
    arguments: [
      .solicitation, .advertisement(isSolicited: true, overrides: true),
      .advertisement(isSolicited: false, overrides: true), .advertisement(isSolicited: true, overrides: false),
    ] as [NeighborMessage.Kind], [MACAddress(0x0200_0000_0001), nil])
  func `A message about neighbors that is written is read again`(
    kind: NeighborMessage.Kind, hardware: MACAddress?
  ) throws {
    let message = ICMPv6Message.neighbor(
      NeighborMessage(kind, target: ICMPv6MessageTests.destination, hardware: hardware))
    let bytes = ICMPv6MessageTests.written(message)
    #expect(bytes == ICMPv6MessageTests.repaired(bytes))
    #expect(try ICMPv6MessageTests.parse(bytes).message == message)
  }

  @Test func `Options that are not known are skipped`() throws {
    let bytes = ICMPv6MessageTests.repaired(
      Array(ICMPv6MessageTests.question.prefix(24)) + [UInt8](hex: "0E01 0000 0000 0000  0101 0200 0000 0009"))
    guard case .neighbor(let message) = try ICMPv6MessageTests.parse(bytes).message else {
      Issue.record("no message about neighbors")
      return
    }
    #expect(message.hardware == MACAddress(0x0200_0000_0009))
  }

  @Test(
    arguments: [
      ("an option without a length", "0100 0200 0000 0001", .badOption),
      ("an option beyond the message", "0102 0200 0000 0001", .truncated),
      ("less than an option", "0101 0200", .badLength),
    ] as [(String, String, ParseError)])
  func `An option that cannot be is refused`(name: String, option: String, error: ParseError) {
    let bytes = ICMPv6MessageTests.repaired(Array(ICMPv6MessageTests.question.prefix(24)) + [UInt8](hex: option))
    #expect(throws: error) { _ = try ICMPv6MessageTests.parse(bytes) }
  }

  @Test(arguments: 0..<24) func `A message cut short is truncated`(length: Int) {
    let bytes = Array(ICMPv6MessageTests.question.prefix(length))
    let repaired = length < 4 ? bytes : ICMPv6MessageTests.repaired(bytes)
    #expect(throws: ParseError.truncated) { _ = try ICMPv6MessageTests.parse(repaired) }
  }

  @Test func `A wrong bit anywhere, the addresses included, is found`() {
    let bytes = ICMPv6MessageTests.written(.echoRequest(identifier: 1, sequence: 2), followedBy: [1, 2, 3])
    for bit in 0..<bytes.count * 8 {
      var wrong = bytes
      wrong[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: ParseError.badChecksum, "bit \(bit)") { _ = try ICMPv6MessageTests.parse(wrong) }
    }
    let other = IPv6Address(high: ICMPv6MessageTests.destination.high, low: 3)
    #expect(throws: ParseError.badChecksum) { _ = try ICMPv6MessageTests.parse(bytes, to: other) }
  }
}
