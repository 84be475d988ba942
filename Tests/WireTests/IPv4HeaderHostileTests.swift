import TestKit
import Testing
import Wire

/// Internet headers as no correct host sends them.
struct IPv4HeaderHostileTests {
  static let packet = IPv4HeaderTests.packet

  static func parsing(_ bytes: [UInt8]) throws(ParseError) {
    _ = try IPv4HeaderTests.parse(bytes)
  }

  @Test(arguments: 0..<60)
  func `A packet cut short is truncated`(length: Int) {
    #expect(throws: ParseError.truncated) {
      try IPv4HeaderHostileTests.parsing(Array(IPv4HeaderHostileTests.packet.prefix(length)))
    }
  }

  @Test(arguments: [0, 1, 2, 3, 5, 6, 15] as [UInt8])
  func `Another version is unsupported`(version: UInt8) {
    var bytes = IPv4HeaderHostileTests.packet
    bytes[0] = version << 4 | 5
    let repaired = IPv4HeaderTests.repaired(bytes)
    #expect(throws: ParseError.unsupported) { try IPv4HeaderHostileTests.parsing(repaired) }
  }

  @Test(arguments: 0..<5 as Range<UInt8>)
  func `A header of fewer than five words has a bad length`(words: UInt8) {
    var bytes = IPv4HeaderHostileTests.packet
    bytes[0] = 0x40 | words
    #expect(throws: ParseError.badLength) { try IPv4HeaderHostileTests.parsing(bytes) }
  }

  @Test(arguments: [0, 1, 19, 20, 23] as [UInt16])
  func `A packet shorter than its own header has a bad length`(totalLength: UInt16) {
    var bytes = IPv4HeaderHostileTests.packet
    bytes[0] = 0x46
    bytes.withMutableRawSpan { $0.store(totalLength, at: 2) }
    let repaired = IPv4HeaderTests.repaired(bytes)
    #expect(throws: ParseError.badLength) { try IPv4HeaderHostileTests.parsing(repaired) }
  }

  @Test(arguments: [61, 62, 1_500, 65_535] as [UInt16])
  func `A packet that claims more bytes than came is truncated`(totalLength: UInt16) {
    var bytes = IPv4HeaderHostileTests.packet
    bytes.withMutableRawSpan { $0.store(totalLength, at: 2) }
    let repaired = IPv4HeaderTests.repaired(bytes)
    #expect(throws: ParseError.truncated) { try IPv4HeaderHostileTests.parsing(repaired) }
  }

  @Test func `A wrong bit anywhere in the header is found`() {
    for bit in 0..<IPv4Header.byteCount * 8 {
      var bytes = IPv4HeaderHostileTests.packet
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: ParseError.self, "bit \(bit)") { try IPv4HeaderHostileTests.parsing(bytes) }
    }
  }

  @Test func `A wrong bit in the payload is not the header's concern`() throws {
    var bytes = IPv4HeaderHostileTests.packet
    bytes[30] ^= 0x10
    try IPv4HeaderHostileTests.parsing(bytes)
  }

  @Test func `No bytes at all make the parser trap`() {
    var random = SeededRandom(seed: 12)
    var accepted = 0
    for _ in 0..<20_000 {
      var bytes = random.bytes(count: Int.random(in: 0...80, using: &random))
      if bytes.count >= 20 {
        bytes[0] = 0x40 | bytes[0] & 0xF
        bytes[2] = 0
        bytes = IPv4HeaderTests.repaired(bytes)
      }
      if let (header, rest) = try? IPv4HeaderTests.parse(bytes) {
        accepted += 1
        #expect(rest <= Int(header.totalLength) - IPv4Header.byteCount, "\(bytes.hex), \(random)")
      }
    }
    #expect(accepted > 100, "the bytes were never nearly right, \(random)")
  }
}
