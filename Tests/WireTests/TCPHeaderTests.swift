import TestKit
import Testing
import Wire

/// TCP headers: the fixed part.
struct TCPHeaderTests {
  /// A SYN as Linux sends it, from 10.9.0.1 to port 80 of 10.9.0.2.
  static let syn = [UInt8](
    hex: """
      D431 0050 1F2E 3D4C 0000 0000 A002 FAF0 9F52 0000
      0204 05B4  0402 080A 1234 5678 0000 0000  01 0303 07
      """)

  /// The last segment of a short answer, text and FIN in one.
  static let last =
    [UInt8](hex: "0050 D431 A1B2 C3D5 1F2E 3D9B 5019 01F6 4317 0000") + Array("HTTP/1.1 200 OK\r\n".utf8)

  /// The header, and how many bytes of text are left.
  static func parse(_ bytes: [UInt8]) throws(ParseError) -> (header: TCPHeader, rest: Int) {
    var span = bytes.rawSpan
    let header = try TCPHeader(parsing: &span)
    return (header, span.byteCount)
  }

  static func written(_ header: TCPHeader) -> [UInt8] {
    [UInt8](count: header.byteCount) { header.write(to: &$0, at: 0) }
  }

  /// A segment with this flag byte and nothing else of interest.
  static func segment(flags: UInt8) -> [UInt8] {
    var bytes = Array(last.prefix(20))
    bytes[13] = flags
    return bytes
  }

  @Test func `A SYN is read with its options`() throws {
    let (header, rest) = try TCPHeaderTests.parse(TCPHeaderTests.syn)
    #expect(header.sourcePort == 54_321 && header.destinationPort == 80)
    #expect(header.sequence == SequenceNumber(0x1F2E_3D4C))
    #expect(header.acknowledgment == nil)
    #expect(header.control == .syn && !header.isPush && header.congestion == [])
    #expect(header.window == 64_240)
    let options = HandshakeOptions(
      maximumSegmentSize: 1_460, windowScale: 7, selectiveAcknowledgments: true,
      timestamps: Timestamps(value: 0x1234_5678, echo: 0))
    #expect(header.options == .handshake(options))
    #expect(rest == 0)
  }

  @Test func `A SYN is written to the bit, but for the checksum`() throws {
    let (header, _) = try TCPHeaderTests.parse(TCPHeaderTests.syn)
    var expected = TCPHeaderTests.syn
    expected.withMutableRawSpan { $0.store(0 as UInt16, at: TCPHeader.checksumOffset) }
    #expect(TCPHeaderTests.written(header).hex == expected.hex)
  }

  @Test(arguments: [syn, last])
  func `The captured checksums are those of pseudo-header and segment`(bytes: [UInt8]) {
    let addresses = [IPv4Address(0x0A09_0001), IPv4Address(0x0A09_0002)]
    let pseudo = InternetChecksum(tcpFrom: addresses[0], to: addresses[1], length: bytes.count)
    #expect((pseudo + InternetChecksum(summing: bytes.rawSpan)).isValid)
  }

  @Test func `Text and FIN come in one segment`() throws {
    let (header, rest) = try TCPHeaderTests.parse(TCPHeaderTests.last)
    #expect(header.control == .fin && header.isPush)
    #expect(header.acknowledgment == SequenceNumber(0x1F2E_3D9B))
    #expect(header.options == .none)
    #expect(rest == 17)
  }

  @Test(
    arguments: [
      (0x00, .none), (0x01, .fin), (0x02, .syn), (0x04, .rst), (0x05, .rst), (0x06, .rst), (0x07, .rst),
      (0x10, .none), (0x11, .fin), (0x12, .syn), (0x14, .rst), (0x3F, .rst), (0x38, .none),
    ] as [(UInt8, TCPControl)])
  func `A reset counts before all other flags`(flags: UInt8, control: TCPControl) throws {
    #expect(try TCPHeaderTests.parse(TCPHeaderTests.segment(flags: flags)).header.control == control)
  }

  @Test(arguments: [0x03, 0x13, 0x2B, 0xC3] as [UInt8])
  func `No segment both opens and ends a connection`(flags: UInt8) {
    #expect(throws: ParseError.badFlags) { _ = try TCPHeaderTests.parse(TCPHeaderTests.segment(flags: flags)) }
  }

  @Test func `The acknowledgment counts only where its flag is set`() throws {
    #expect(try TCPHeaderTests.parse(TCPHeaderTests.segment(flags: 0x00)).header.acknowledgment == nil)
    let acknowledgment = try TCPHeaderTests.parse(TCPHeaderTests.segment(flags: 0x10)).header.acknowledgment
    #expect(acknowledgment == SequenceNumber(0x1F2E_3D9B))
  }

  @Test func `The congestion flags are kept`() throws {
    #expect(try TCPHeaderTests.parse(TCPHeaderTests.segment(flags: 0x50)).header.congestion == .echo)
    #expect(try TCPHeaderTests.parse(TCPHeaderTests.segment(flags: 0x90)).header.congestion == .windowReduced)
    #expect(try TCPHeaderTests.parse(TCPHeaderTests.segment(flags: 0xD0)).header.congestion == [.echo, .windowReduced])
  }

  @Test func `What is written is read again`() throws {
    var random = SeededRandom(seed: 9_293)
    for _ in 0..<5_000 {
      let header = TCPHeader.random(using: &random)
      let bytes = TCPHeaderTests.written(header)
      #expect(bytes.count <= 60 && bytes.count % 4 == 0, "\(random)")
      let (parsed, rest) = try TCPHeaderTests.parse(bytes)
      #expect(parsed == header, "\(bytes.hex), \(random)")
      #expect(rest == 0, "\(random)")
    }
  }

  @Test(arguments: 0..<syn.count)
  func `A header cut short is truncated`(length: Int) {
    #expect(throws: ParseError.truncated) { _ = try TCPHeaderTests.parse(Array(TCPHeaderTests.syn.prefix(length))) }
  }

  @Test(arguments: 0..<5 as Range<UInt8>)
  func `A header of fewer than five words has a bad length`(words: UInt8) {
    var bytes = TCPHeaderTests.syn
    bytes[12] = words << 4
    #expect(throws: ParseError.badLength) { _ = try TCPHeaderTests.parse(bytes) }
  }

  @Test(arguments: 11...15 as ClosedRange<UInt8>)
  func `A header longer than the segment is truncated`(words: UInt8) {
    var bytes = TCPHeaderTests.syn
    bytes[12] = words << 4
    #expect(throws: ParseError.truncated) { _ = try TCPHeaderTests.parse(bytes) }
  }
}
