import TestKit
import Testing
import Wire

/// Hardware addresses as numbers, bytes and text.
struct MACAddressTests {
  @Test(
    arguments: [
      ("00:00:00:00:00:00", 0), ("02:00:00:00:00:09", 0x0200_0000_0009), ("de:ad:be:ef:00:01", 0xDEAD_BEEF_0001),
      ("ff:ff:ff:ff:ff:ff", 0xFFFF_FFFF_FFFF),
    ] as [(String, UInt64)])
  func `Text and number mean the same address`(text: String, value: UInt64) {
    #expect(MACAddress(text)?.value == value)
    #expect(MACAddress(value).description == text)
  }

  @Test func `Capital letters are read`() {
    #expect(MACAddress("DE:AD:BE:EF:00:01")?.value == 0xDEAD_BEEF_0001)
  }

  @Test(arguments: [
    "", ":::::", "02:00:00:00:00", "02:00:00:00:00:", "02:00:00:00:00:09:01", "2:0:0:0:0:9", "02:00:00:00:00:0g",
    "02-00-00-00-00-09", "020000000009", "002:00:00:00:00:09", "02:00:00:00:00:09 ", "02:00:00:00:00:0９",
  ])
  func `Other text is no address`(text: String) {
    #expect(MACAddress(text) == nil)
  }

  @Test(arguments: ["+2:00:00:00:00:09", "02:00:00:00:00:+9", "02:00:00:-0:00:09"])
  func `A sign is not a digit`(text: String) {
    #expect(MACAddress(text) == nil)
  }

  @Test func `Bits above the 48th are ignored`() {
    #expect(MACAddress(0xFFFF_0200_0000_0009) == MACAddress(0x0200_0000_0009))
    #expect(MACAddress(.max) == .broadcast)
  }

  @Test func `Every address survives its text and its bytes`() {
    var random = SeededRandom(seed: 6)
    for _ in 0..<1_000 {
      let address = MACAddress(random.next())
      #expect(MACAddress(address.description) == address, "\(random)")
      let bytes = [UInt8](count: 8) { address.write(to: &$0, at: 1) }
      #expect(MACAddress(bytes.rawSpan, at: 1) == address, "\(random)")
      #expect(bytes.first == 0 && bytes.last == 0, "\(random)")
    }
  }

  @Test func `The first byte on the wire is the highest`() {
    let address = MACAddress(0x0102_0304_0506)
    #expect([UInt8](count: 6) { address.write(to: &$0, at: 0) } == [1, 2, 3, 4, 5, 6])
  }

  @Test(arguments: [
    ("02:00:00:00:00:09", false), ("01:00:5e:00:00:01", true), ("33:33:00:00:00:01", true), ("ff:ff:ff:ff:ff:ff", true),
    ("fe:ff:ff:ff:ff:ff", false),
  ])
  func `The lowest bit of the first byte addresses a group`(text: String, isMulticast: Bool) throws {
    #expect(try #require(MACAddress(text)).isMulticast == isMulticast)
  }
}
