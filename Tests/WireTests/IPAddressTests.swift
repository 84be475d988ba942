import TestKit
import Testing
import Wire

/// Addresses of either version.
struct IPAddressTests {
  @Test(arguments: [("10.9.0.2", IPFamily.ipv4), ("0.0.0.0", .ipv4), ("fd09::2", .ipv6), ("::", .ipv6), ("::1", .ipv6)])
  func `The text tells the version`(text: String, family: IPFamily) throws {
    let address = try #require(IPAddress(text))
    #expect(address.family == family)
    #expect(address.description == text)
    #expect((address.ipv4 != nil) == (family == .ipv4))
    #expect((address.ipv6 != nil) == (family == .ipv6))
  }

  @Test(arguments: ["", "10.9.0", "10.9.0.2.1", "::ffff:10.9.0.2", "::ffff:a09:2", "fd09:::2", "[fd09::2]"])
  func `Other text is no address`(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func `Before a port an address of version 6 stands in brackets`() throws {
    #expect(try #require(IPAddress("10.9.0.2")).hostText == "10.9.0.2")
    #expect(try #require(IPAddress("fd09::2")).hostText == "[fd09::2]")
  }

  @Test func `Addresses follow one another`() throws {
    #expect(try #require(IPAddress("10.9.0.254")).advanced(by: 3).description == "10.9.1.1")
    #expect(try #require(IPAddress("fd09::ffff")).advanced(by: 1).description == "fd09::1:0")
  }

  @Test func `The sum of the pseudo-header is that of its bytes in both versions`() throws {
    var random = SeededRandom(seed: 8_200)
    for _ in 0..<1_000 {
      let numbers = (0..<4).map { _ in UInt64.random(in: .min ... .max, using: &random) }
      let version4 = numbers.prefix(2).map { IPAddress(IPv4Address(UInt32(truncatingIfNeeded: $0))) }
      let version6 = [IPv6Address(high: numbers[0], low: numbers[1]), IPv6Address(high: numbers[2], low: numbers[3])]
      let length = Int.random(in: 20...65_535, using: &random)
      for pair in [version4, version6.map { IPAddress($0) }] {
        let sum = InternetChecksum(tcpFrom: pair[0], to: pair[1], length: length)
        let judge = OnesComplement.sum(RawSpan(), from: OnesComplement.pseudoHeader(pair[0], pair[1], length: length))
        #expect(sum.folded == judge, "\(random)")
      }
    }
  }
}
