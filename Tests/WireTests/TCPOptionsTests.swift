import TestKit
import Testing
import Wire

/// The options of TCP headers, well-formed and not.
struct TCPOptionsTests {
  static func parse(_ dump: String, isHandshake: Bool = true) throws(ParseError) -> TCPOptions {
    let bytes = [UInt8](hex: dump)
    return try TCPOptions(parsing: bytes.rawSpan, isHandshake: isHandshake)
  }

  static func written(_ options: TCPOptions) -> [UInt8] {
    [UInt8](count: options.byteCount) { options.write(to: &$0, at: 0) }
  }

  /// So many blocks, each of a hundred numbers.
  static func blocks(_ count: Int) -> SelectiveBlocks {
    var blocks = SelectiveBlocks()
    for index in 0..<UInt32(count) {
      blocks.append(SelectiveBlock(left: SequenceNumber(1_000 * index), right: SequenceNumber(1_000 * index + 100)))
    }
    return blocks
  }

  @Test(arguments: [
    ("0204 05B4", HandshakeOptions(maximumSegmentSize: 1_460)),
    ("01 0303 0A", HandshakeOptions(windowScale: 10)),
    ("01 01 0402", HandshakeOptions(selectiveAcknowledgments: true)),
    ("0101 080A 0000 0001 0000 0002", HandshakeOptions(timestamps: Timestamps(value: 1, echo: 2))),
    ("0204 FFFF 0402 00 00", HandshakeOptions(maximumSegmentSize: 0xFFFF, selectiveAcknowledgments: true)),
    ("01 01 01 01", HandshakeOptions()),
    ("", HandshakeOptions()),
  ])
  func `Handshake options are read`(dump: String, options: HandshakeOptions) throws {
    #expect(try TCPOptionsTests.parse(dump) == .handshake(options))
  }

  @Test func `Selective blocks are read with and without timestamps`() throws {
    let block = "0101 050A 0000 0000 0000 0064"
    #expect(
      try TCPOptionsTests.parse(block, isHandshake: false)
        == .segment(SegmentOptions(selective: TCPOptionsTests.blocks(1))))
    let options = SegmentOptions(timestamps: Timestamps(value: 7, echo: 8), selective: TCPOptionsTests.blocks(1))
    #expect(
      try TCPOptionsTests.parse("0101 080A 0000 0007 0000 0008 \(block)", isHandshake: false) == .segment(options))
  }

  @Test(arguments: [15, 16, 255] as [UInt8])
  func `A window scale above 14 is taken for 14`(shift: UInt8) throws {
    let options = try TCPOptionsTests.parse("0303 \([shift].hex)")
    #expect(options == .handshake(HandshakeOptions(windowScale: 14)))
  }

  @Test func `What stands behind the end of the list is not looked at`() throws {
    #expect(
      try TCPOptionsTests.parse("0204 05B4 00 02 00 FF") == .handshake(HandshakeOptions(maximumSegmentSize: 1_460)))
  }

  @Test(arguments: ["1E 06 AAAA AAAA 0204 05B4", "FD 02 0204 05B4", "08 02 0204 05B4", "04 03 00 0204 05B4"])
  func `Unknown options and wrong lengths of known ones are skipped`(dump: String) throws {
    #expect(try TCPOptionsTests.parse(dump) == .handshake(HandshakeOptions(maximumSegmentSize: 1_460)))
  }

  @Test(arguments: ["0204 05B4", "0303 07", "0402", "05 02", "05 09 00000000 000000", "050C 0000 0000 0000 0000 0000"])
  func `A segment after the handshake heeds nothing of this`(dump: String) throws {
    #expect(try TCPOptionsTests.parse(dump, isHandshake: false) == .segment(SegmentOptions()))
  }

  @Test func `A SYN does not acknowledge selectively`() throws {
    #expect(try TCPOptionsTests.parse("050A 0000 0000 0000 0064") == .handshake(HandshakeOptions()))
  }

  @Test(arguments: [
    "02", "02 00", "02 01", "02 00 05B4", "02 01 05B4", "02 05 05B4", "02 FF 05B4", "01 01 01 02", "0204 05B4 08",
    "080A 0000 0001 0000 00", "1E 00", "1E 01", "0303", "05 0A 00000000 00000064 05 0A 00", "FF FF",
  ])
  func `A length that is impossible is a bad option`(dump: String) {
    #expect(throws: ParseError.badOption) { _ = try TCPOptionsTests.parse(dump) }
    #expect(throws: ParseError.badOption) { _ = try TCPOptionsTests.parse(dump, isHandshake: false) }
  }

  @Test func `No bytes at all make the parser trap`() {
    var random = SeededRandom(seed: 1_122)
    let kinds: [UInt8] = [0, 1, 2, 3, 4, 5, 8, 30, 255]
    var accepted = 0
    for _ in 0..<50_000 {
      var bytes = random.bytes(count: Int.random(in: 0...40, using: &random))
      if let first = bytes.indices.first { bytes[first] = kinds.randomElement(using: &random) ?? 0 }
      if bytes.count > 1 { bytes[1] = UInt8.random(in: 0...41, using: &random) }
      for isHandshake in [true, false] {
        let options = try? TCPOptions(parsing: bytes.rawSpan, isHandshake: isHandshake)
        if let options {
          accepted += 1
          #expect(options.byteCount <= 40, "\(bytes.hex), \(random)")
        }
      }
    }
    #expect(accepted > 1_000, "the bytes were never nearly right, \(random)")
  }

  @Test func `All handshake options together take five words, as Linux lays them out`() {
    let options = HandshakeOptions(
      maximumSegmentSize: 1_460, windowScale: 7, selectiveAcknowledgments: true,
      timestamps: Timestamps(value: 0x0102_0304, echo: 0))
    let expected = [UInt8](hex: "0204 05B4  0402 080A 0102 0304 0000 0000  01 0303 07")
    #expect(TCPOptionsTests.written(.handshake(options)).hex == expected.hex)
  }

  @Test func `Four blocks fill the header, and beside timestamps three do`() {
    let alone = TCPOptions.segment(SegmentOptions(selective: TCPOptionsTests.blocks(4)))
    #expect(TCPOptionsTests.written(alone).count == 36)
    let timestamps = Timestamps(value: 1, echo: 2)
    let beside = TCPOptions.segment(SegmentOptions(timestamps: timestamps, selective: TCPOptionsTests.blocks(3)))
    #expect(TCPOptionsTests.written(beside).count == 40)
  }

  @Test func `A fourth block beside timestamps is left out`() throws {
    let timestamps = Timestamps(value: 1, echo: 2)
    let options = SegmentOptions(timestamps: timestamps, selective: TCPOptionsTests.blocks(4))
    let bytes = TCPOptionsTests.written(.segment(options))
    try #require(bytes.count == 40)
    let expected = SegmentOptions(timestamps: timestamps, selective: TCPOptionsTests.blocks(3))
    #expect(try TCPOptions(parsing: bytes.rawSpan, isHandshake: false) == .segment(expected))
  }
}
