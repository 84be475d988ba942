import TestKit
import Testing
import Wire

/// Internet addresses as numbers, bytes and text.
struct IPv4AddressTests {
  @Test(
    arguments: [
      ("0.0.0.0", 0), ("10.9.0.2", 0x0A09_0002), ("127.0.0.1", 0x7F00_0001), ("192.168.100.200", 0xC0A8_64C8),
      ("255.255.255.255", 0xFFFF_FFFF),
    ] as [(String, UInt32)])
  func `Text and number mean the same address`(text: String, value: UInt32) {
    #expect(IPv4Address(text)?.value == value)
    #expect(IPv4Address(value).description == text)
  }

  @Test(arguments: [
    "", ".", "...", "1.2.3", "1.2.3.", ".1.2.3", "1.2.3.4.5", "1..2.3", "1.2.3.256", "1.2.3.-4", "1.2.3.+4", "1.2.3. 4",
    " 1.2.3.4", "1.2.3.4 ", "1.2.3.4/24", "1.2.3.0x4", "1.2.3.٤", "1.2.3.½", "a.b.c.d", "1.2.3.99999999999999999999",
  ])
  func `Other text is no address`(text: String) {
    #expect(IPv4Address(text) == nil)
  }

  @Test(arguments: ["010.1.1.1", "1.1.1.01", "00.0.0.0", "1.2.3.000004"])
  func `A number with a zero in front is refused`(text: String) {
    #expect(IPv4Address(text) == nil)
  }

  @Test func `Every address survives its text`() {
    var random = SeededRandom(seed: 4)
    for _ in 0..<1_000 {
      let address = IPv4Address(UInt32.random(in: .min ... .max, using: &random))
      #expect(IPv4Address(address.description) == address, "\(random)")
    }
  }

  @Test func `The first byte on the wire is the highest`() {
    let bytes = [UInt8](hex: "FF 0A 09 00 02")
    #expect(IPv4Address(bytes.rawSpan, at: 1) == IPv4Address(0x0A09_0002))
  }

  @Test(arguments: [
    ("0.0.0.0", false), ("0.255.255.255", false), ("1.0.0.0", true), ("10.9.0.2", true), ("127.0.0.1", true),
    ("223.255.255.255", true), ("224.0.0.1", false), ("239.255.255.255", false), ("240.0.0.1", false),
    ("255.255.255.255", false),
  ])
  func `Only one host's address is unicast`(text: String, isUnicast: Bool) throws {
    #expect(try #require(IPv4Address(text)).isUnicast == isUnicast)
  }
}
