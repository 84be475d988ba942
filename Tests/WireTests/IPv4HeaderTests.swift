import TestKit
import Testing
import Wire

/// Internet headers as other hosts send them.
struct IPv4HeaderTests {
  /// The header of a SYN from a Linux host.
  static let captured = [UInt8](hex: "4500 003C 1C46 4000 4006 B1E6 AC10 0A63 AC10 0A0C")

  /// A whole packet: the header and as much payload as it speaks of.
  static let packet = captured + [UInt8](repeating: 0xEE, count: 40)

  /// The header, and how many bytes of payload are left.
  static func parse(_ bytes: [UInt8]) throws(ParseError) -> (header: IPv4Header, rest: Int) {
    var span = bytes.rawSpan
    let header = try IPv4Header(parsing: &span)
    return (header, span.byteCount)
  }

  /// The bytes with a checksum that is right again.
  static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let length = min(Int(bytes[0] & 0xF) * 4, bytes.count)
    bytes.withMutableRawSpan { $0.store(0 as UInt16, at: 10) }
    let field = InternetChecksum(summing: bytes.rawSpan.extracting(first: length)).field
    bytes.withMutableRawSpan { $0.store(field, at: 10) }
    return bytes
  }

  @Test func `A captured header is read`() throws {
    let (header, rest) = try IPv4HeaderTests.parse(IPv4HeaderTests.packet)
    #expect(header.totalLength == 60)
    #expect(header.identification == 0x1C46)
    #expect(header.dontFragment && header.fragment == nil)
    #expect(header.timeToLive == 64)
    #expect(header.payloadProtocol == .tcp)
    #expect(header.source.description == "172.16.10.99")
    #expect(header.destination.description == "172.16.10.12")
    #expect(header.serviceCode == 0 && header.congestion == .notCapable)
    #expect(rest == 40)
  }

  @Test func `A captured header is written to the bit`() {
    let header = IPv4Header(
      totalLength: 60, identification: 0x1C46, payloadProtocol: .tcp, source: IPv4Address(0xAC10_0A63),
      destination: IPv4Address(0xAC10_0A0C))
    let bytes = [UInt8](count: IPv4Header.byteCount) { header.write(to: &$0, at: 0) }
    #expect(bytes.hex == IPv4HeaderTests.captured.hex)
  }

  @Test func `Options are skipped`() throws {
    let report = [UInt8](hex: "46C0 0020 0000 4000 0102 F9F7 0A09 0001 E000 0016 9404 0000  2200 F9FD 0000 0000")
    let (header, rest) = try IPv4HeaderTests.parse(report)
    #expect(header.destination.description == "224.0.0.22")
    #expect(header.serviceCode == 48)
    #expect(rest == 8)
  }

  @Test func `The first fragment has an offset of zero and more to follow`() throws {
    let bytes = [UInt8](hex: "4502 05DC BEEF 2000 4006 8216 0A09 0001 0A09 0002") + [UInt8](repeating: 0, count: 1_480)
    let (header, rest) = try IPv4HeaderTests.parse(bytes)
    #expect(header.fragment == IPv4Header.Fragment(offset: 0, moreFollow: true))
    #expect(!header.dontFragment)
    #expect(header.congestion == .capable0)
    #expect(rest == 1_480)
  }

  @Test func `The last fragment has an offset and nothing to follow`() throws {
    let bytes = [UInt8](hex: "45B8 0040 BEEF 00B9 4001 A648 0A09 0001 0A09 0002") + [UInt8](repeating: 0, count: 44)
    let (header, _) = try IPv4HeaderTests.parse(bytes)
    #expect(header.fragment == IPv4Header.Fragment(offset: 185, moreFollow: false))
    #expect(header.serviceCode == 46)
  }

  @Test func `What lies behind the packet's end is cut off`() throws {
    let padded = IPv4HeaderTests.packet + [1, 2, 3, 4, 5, 6]
    #expect(try IPv4HeaderTests.parse(padded).rest == 40)
  }

  @Test func `What is written is read again`() throws {
    var random = SeededRandom(seed: 791)
    for _ in 0..<2_000 {
      let header = IPv4Header.random(using: &random)
      let bytes = [UInt8](count: Int(header.totalLength)) { header.write(to: &$0, at: 0) }
      let (parsed, rest) = try IPv4HeaderTests.parse(bytes)
      #expect(parsed == header, "\(random)")
      #expect(rest == Int(header.totalLength) - IPv4Header.byteCount, "\(random)")
    }
  }
}

extension IPv4Header {
  /// Any header that can be written without loss.
  static func random(using random: inout SeededRandom) -> IPv4Header {
    var header = IPv4Header(
      totalLength: UInt16.random(in: 20...200, using: &random),
      identification: UInt16.random(in: .min ... .max, using: &random),
      timeToLive: UInt8.random(in: .min ... .max, using: &random),
      payloadProtocol: IPProtocol(UInt8.random(in: .min ... .max, using: &random)),
      source: IPv4Address(UInt32.random(in: .min ... .max, using: &random)),
      destination: IPv4Address(UInt32.random(in: .min ... .max, using: &random)),
      congestion: CongestionMark(rawValue: UInt8.random(in: 0...3, using: &random)) ?? .notCapable)
    header.serviceCode = UInt8.random(in: 0...63, using: &random)
    header.dontFragment = Bool.random(using: &random)
    if Bool.random(using: &random) {
      // A fragment at offset zero with nothing to follow is a whole packet.
      let offset = UInt16.random(in: 0...0x1FFF, using: &random)
      header.fragment = Fragment(offset: offset, moreFollow: offset == 0 || Bool.random(using: &random))
    }
    return header
  }
}
