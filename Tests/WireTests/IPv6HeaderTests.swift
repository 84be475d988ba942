import TestKit
import Testing
import Wire

/// Internet headers of version 6 as other hosts send them.
struct IPv6HeaderTests {
  /// The header of a SYN from a Linux host, with its flow label.
  static let captured = [UInt8](
    hex: """
      600D 684A 0028 0640
      FD09 0000 0000 0000 0000 0000 0000 0001
      FD09 0000 0000 0000 0000 0000 0000 0002
      """)

  /// A packet with these headers behind the first, whose next header is `next`, and forty bytes of payload.
  static func packet(_ extensions: [UInt8] = [], next: UInt8 = 6) -> [UInt8] {
    var packet = captured
    packet[5] = UInt8(40 + extensions.count)
    packet[6] = next
    return packet + extensions + [UInt8](repeating: 0xEE, count: 40)
  }

  /// The header, and how many bytes of payload are left.
  static func parse(_ bytes: [UInt8]) throws(ParseError) -> (header: IPv6Header, rest: Int) {
    var span = bytes.rawSpan
    let header = try IPv6Header(parsing: &span)
    return (header, span.byteCount)
  }

  @Test func `A captured header is read`() throws {
    let (header, rest) = try IPv6HeaderTests.parse(IPv6HeaderTests.packet())
    #expect(header.payloadLength == 40 && header.hopLimit == 64 && header.payloadProtocol == .tcp)
    #expect(header.flowLabel == 0xD_684A && header.serviceCode == 0 && header.congestion == .notCapable)
    #expect(header.source.description == "fd09::1" && header.destination.description == "fd09::2")
    #expect(!header.isFragment)
    #expect(rest == 40)
  }

  @Test func `A captured header is written to the bit`() throws {
    var (header, _) = try IPv6HeaderTests.parse(IPv6HeaderTests.packet())
    header.flowLabel = 0xD_684A
    let bytes = [UInt8](count: IPv6Header.byteCount) { header.write(to: &$0, at: 0) }
    #expect(bytes.hex == IPv6HeaderTests.captured.hex)
  }

  @Test func `What is written is read again`() throws {
    var random = SeededRandom(seed: 2_460)
    for _ in 0..<2_000 {
      var header = IPv6Header(
        payloadLength: UInt16.random(in: 0...200, using: &random),
        hopLimit: UInt8.random(in: .min ... .max, using: &random),
        payloadProtocol: [.tcp, .icmpv6, .udp, IPProtocol(59)].randomElement(using: &random) ?? .tcp,
        source: IPv6Address(
          high: UInt64.random(in: .min ... .max, using: &random), low: UInt64.random(in: .min ... .max, using: &random)),
        destination: IPv6Address(
          high: UInt64.random(in: .min ... .max, using: &random), low: UInt64.random(in: .min ... .max, using: &random)),
        congestion: CongestionMark(rawValue: UInt8.random(in: 0...3, using: &random)) ?? .notCapable)
      header.serviceCode = UInt8.random(in: 0...63, using: &random)
      header.flowLabel = UInt32.random(in: 0...0xF_FFFF, using: &random)
      let bytes = [UInt8](count: IPv6Header.byteCount + Int(header.payloadLength)) { header.write(to: &$0, at: 0) }
      let (parsed, rest) = try IPv6HeaderTests.parse(bytes)
      #expect(parsed == header, "\(random)")
      #expect(rest == Int(header.payloadLength), "\(random)")
    }
  }

  @Test func `What lies behind the packet's end is cut off`() throws {
    #expect(try IPv6HeaderTests.parse(IPv6HeaderTests.packet() + [1, 2, 3, 4, 5, 6]).rest == 40)
  }

  @Test(
    arguments: [
      ("options for every router", 0, "0600 0104 0000 0000"), ("an alert for routers", 0, "0600 0502 0000 0100"),
      ("options for us", 60, "0601 0C0C 0000 0000 0000 0000 0000 0000"),
      ("a route at its end", 43, "0600 0400 0000 0000"),
      ("a fragment that is all", 44, "0600 0000 1234 5678"),
      ("one after the other", 0, "2B00 0104 0000 0000  3C00 0400 0000 0000  0600 0104 0000 0000"),
      ("a byte of padding", 60, "0600 0000 0000 0000"),
    ] as [(String, UInt8, String)])
  func `Extension headers are skipped`(name: String, next: UInt8, extensions: String) throws {
    let (header, rest) = try IPv6HeaderTests.parse(IPv6HeaderTests.packet([UInt8](hex: extensions), next: next))
    #expect(header.payloadProtocol == .tcp && !header.isFragment)
    #expect(rest == 40)
  }

  @Test(arguments: ["0600 0001 1234 5678", "0600 05B8 1234 5678", "0600 05B9 1234 5678"])
  func `A fragment is known`(fragment: String) throws {
    let (header, _) = try IPv6HeaderTests.parse(IPv6HeaderTests.packet([UInt8](hex: fragment), next: 44))
    #expect(header.isFragment)
  }

  @Test(
    arguments: [
      ("a route that goes on", 43, "0600 0401 0000 0000", .unsupported),
      ("options for every router, not in front", 60, "0000 0104 0000 0000 0600 0104 0000 0000", .unsupported),
      ("an option that must be known", 60, "0600 4102 0000 0000", .badOption),
      ("an option to be answered", 60, "0600 8102 0000 0000", .badOption),
      ("an option beyond its header", 60, "0600 0106 0000 0000", .badOption),
      ("an option without a length", 60, "0600 0103 0000 0001", .badOption),
      ("a header beyond the packet", 60, "0640 0104 0000 0000", .truncated),
      ("a header without end", 0, "06", .truncated),
    ] as [(String, UInt8, String, ParseError)])
  func `An extension header that cannot be skipped drops the packet`(
    name: String, next: UInt8, extensions: String, error: ParseError
  ) {
    var packet = IPv6HeaderTests.packet([UInt8](hex: extensions), next: next)
    if extensions.count == 2 {
      packet = Array(packet.prefix(41))
      packet[5] = 1
    }
    #expect(throws: error) { _ = try IPv6HeaderTests.parse(packet) }
  }

  @Test func `There is a limit to extension headers`() throws {
    for count in 1...12 {
      var extensions = [UInt8]()
      for number in 0..<count { extensions += [number == count - 1 ? 6 : 60, 0, 1, 4, 0, 0, 0, 0] }
      let packet = IPv6HeaderTests.packet(extensions, next: 60)
      if count <= IPv6Header.mostExtensions {
        #expect(try IPv6HeaderTests.parse(packet).rest == 40)
      } else {
        #expect(throws: ParseError.unsupported) { _ = try IPv6HeaderTests.parse(packet) }
      }
    }
  }

  @Test func `Another version is not read`() {
    var packet = IPv6HeaderTests.packet()
    packet[0] = 0x45
    #expect(throws: ParseError.unsupported) { _ = try IPv6HeaderTests.parse(packet) }
  }

  @Test(arguments: 0..<80) func `A packet cut short is truncated`(length: Int) {
    #expect(throws: ParseError.truncated) {
      _ = try IPv6HeaderTests.parse(Array(IPv6HeaderTests.packet().prefix(length)))
    }
  }

  @Test func `No bytes whatsoever are read beyond their end`() {
    var random = SeededRandom(seed: 66)
    for _ in 0..<20_000 {
      var bytes = IPv6HeaderTests.packet(random.bytes(count: Int.random(in: 0...64, using: &random)), next: 60)
      bytes[6] = [0, 43, 44, 60].randomElement(using: &random) ?? 0
      for _ in 0..<4 {
        bytes[Int.random(in: 6..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
      }
      let rest = try? IPv6HeaderTests.parse(Array(bytes.prefix(Int.random(in: 40...bytes.count, using: &random)))).rest
      #expect((rest ?? 0) <= bytes.count - 40, "\(random)")
    }
  }
}
