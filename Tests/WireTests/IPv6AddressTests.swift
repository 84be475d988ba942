import TestKit
import Testing
import Wire

/// Internet addresses of version 6 as numbers, bytes and text.
struct IPv6AddressTests {
  @Test(
    arguments: [
      ("::", 0, 0), ("::1", 0, 1), ("fd09::2", 0xFD09_0000_0000_0000, 2),
      ("2001:db8::8:800:200c:417a", 0x2001_0DB8_0000_0000, 0x0008_0800_200C_417A),
      ("2001:db8:0:1:1:1:1:1", 0x2001_0DB8_0000_0001, 0x0001_0001_0001_0001),
      ("2001:0:0:1::1", 0x2001_0000_0000_0001, 1), ("2001:db8::1:0:0:1", 0x2001_0DB8_0000_0000, 0x0001_0000_0000_0001),
      ("ff02::1:ff00:1", 0xFF02_0000_0000_0000, 0x1_FF00_0001),
      ("1:2:3:4:5:6:7::", 0x0001_0002_0003_0004, 0x0005_0006_0007_0000),
      ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", .max, .max),
    ] as [(String, UInt64, UInt64)])
  func `Text and numbers mean the same address`(text: String, high: UInt64, low: UInt64) {
    let address = IPv6Address(high: high, low: low)
    #expect(IPv6Address(text) == address)
    let parsed = IPv6Address(address.description)
    #expect(parsed == address)
  }

  /// The examples of RFC 5952 §4 and §5, and what follows from them.
  @Test(arguments: [
    ("2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"), ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
    ("2001:DB8::AaAa:0:1", "2001:db8::aaaa:0:1"), ("0:0:0:0:0:0:0:0", "::"), ("0:0:0:0:0:0:0:1", "::1"),
    ("1:0:0:0:0:0:0:0", "1::"), ("1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ("::ffff:10.9.0.2", "::ffff:a09:2"), ("1:2:3:4:5:6:10.9.0.2", "1:2:3:4:5:6:a09:2"),
  ])
  func `An address is written in one way`(text: String, canonical: String) throws {
    #expect(try #require(IPv6Address(text)).description == canonical)
  }

  @Test(arguments: [
    "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1::2::3",
    "12345::", "g::", "::-1", "::+1", " ::1", "::1 ", "::1%eth0", "[::1]", "::1/64", "10.9.0.2", "::10.9.0",
    "10.9.0.2::", "::10.9.0.2:1", "::256.0.0.1", "1:2:3:4:5:6:7:10.9.0.2", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "::٤",
  ])
  func `Other text is no address`(text: String) {
    #expect(IPv6Address(text) == nil)
  }

  @Test func `Every address survives its text and its bytes`() {
    var random = SeededRandom(seed: 4_291)
    for _ in 0..<2_000 {
      // Groups of zeros are what makes text hard.
      let groups = (0..<8).map { _ in
        Bool.random(using: &random) ? 0 : UInt64(UInt16.random(in: .min ... .max, using: &random))
      }
      let address = IPv6Address(
        high: groups[..<4].reduce(0) { $0 << 16 | $1 }, low: groups[4...].reduce(0) { $0 << 16 | $1 })
      #expect(IPv6Address(address.description) == address, "\(random)")
      let bytes = [UInt8](count: 17) { address.write(to: &$0, at: 1) }
      #expect(IPv6Address(bytes.rawSpan, at: 1) == address, "\(random)")
    }
  }

  @Test(arguments: [
    ("::", false), ("::1", false), ("::ffff:10.9.0.2", false), ("::10.9.0.2", false), ("fd09::2", true),
    ("fe80::1", true), ("2001:db8::1", true), ("0:0:1::", true), ("0:0:0:0:1::", true), ("ff02::1", false),
    ("ff00::", false),
  ])
  func `Only one host's address is unicast`(text: String, isUnicast: Bool) throws {
    #expect(try #require(IPv6Address(text)).isUnicast == isUnicast)
  }

  @Test func `An address is asked for in the group of those that end alike`() throws {
    let address = try #require(IPv6Address("2001:db8::aa12:3456"))
    #expect(address.solicitedNode.description == "ff02::1:ff12:3456")
    #expect(address.solicitedNode.isSolicitedNode && !address.isSolicitedNode)
    #expect(address.solicitedNode.groupHardware.description == "33:33:ff:12:34:56")
    #expect(address.solicitedNode.groupHardware.isIPv6Group)
    #expect(IPv6Address.allNodes.groupHardware.description == "33:33:00:00:00:01")
    #expect(!IPv6Address.allNodes.isSolicitedNode)
  }

  @Test func `An address of one link is known`() throws {
    #expect(try #require(IPv6Address("fe80::1")).isLinkLocal)
    #expect(try #require(IPv6Address("febf::1")).isLinkLocal)
    #expect(try #require(IPv6Address("fec0::1")).isLinkLocal == false)
  }
}
