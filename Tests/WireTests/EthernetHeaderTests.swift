import TestKit
import Testing
import Wire

/// The fourteen bytes before a frame's payload.
struct EthernetHeaderTests {
  static let frame = [UInt8](hex: "02 00 00 00 00 09  02 00 00 00 00 01  08 00  45 00 00 3C")

  static let header = EthernetHeader(
    destination: MACAddress(0x0200_0000_0009), source: MACAddress(0x0200_0000_0001), type: .ipv4)

  @Test func `A frame's header is read and the payload left`() throws {
    var bytes = EthernetHeaderTests.frame.rawSpan
    #expect(try EthernetHeader(parsing: &bytes) == EthernetHeaderTests.header)
    #expect(bytes.byteCount == 4)
    #expect(bytes.uint32(at: 0) == 0x4500_003C)
  }

  @Test func `A header is written where it is told to`() {
    let bytes = [UInt8](count: 16) { EthernetHeaderTests.header.write(to: &$0, at: 2) }
    #expect(bytes.hex == "00 00 02 00 00 00 00 09 02 00 00 00 00 01 08 00")
  }

  @Test func `What is written is read again`() throws {
    var random = SeededRandom(seed: 802)
    for _ in 0..<1_000 {
      let header = EthernetHeader(
        destination: MACAddress(random.next()), source: MACAddress(random.next()),
        type: EtherType(UInt16.random(in: .min ... .max, using: &random)))
      let bytes = [UInt8](count: EthernetHeader.byteCount) { header.write(to: &$0, at: 0) }
      var span = bytes.rawSpan
      #expect(try EthernetHeader(parsing: &span) == header, "\(random)")
      #expect(span.byteCount == 0, "\(random)")
    }
  }

  @Test(arguments: 0..<EthernetHeader.byteCount)
  func `A header cut short is truncated`(length: Int) {
    #expect(throws: ParseError.truncated) {
      var bytes = EthernetHeaderTests.frame.rawSpan.extracting(first: length)
      _ = try EthernetHeader(parsing: &bytes)
    }
  }
}
