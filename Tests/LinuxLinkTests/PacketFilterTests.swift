import Testing
import Wire

@testable import LinuxLink

/// The filter of a packet socket.
struct PacketFilterTests {
  private static let own = IPAddress(IPv4Address(10 << 24 | 9 << 8 | 2))
  private static let own6 = IPAddress(IPv6Address(high: 0xFD09 << 48, low: 0x12_3456))

  @Test func `The filter names the address and nothing else`() throws {
    let filter = try PacketFilter(for: [PacketFilterTests.own])
    #expect(filter.expression == "arp dst host 10.0.9.2 or (ip dst host 10.0.9.2 and (tcp or icmp))")
  }

  @Test func `The filter names the group in which an address of version 6 is asked for`() throws {
    let filter = try PacketFilter(for: [PacketFilterTests.own6])
    let group = "(ip6 dst host ff02::1:ff12:3456 and icmp6)"
    #expect(filter.expression == "(ip6 dst host fd09::12:3456 and (tcp or icmp6)) or \(group)")
  }

  @Test func `Both versions pass the same filter`() throws {
    let (own, own6) = (PacketFilterTests.own, PacketFilterTests.own6)
    let both = try PacketFilter(for: [own, own6]).expression
    #expect(
      both == [try PacketFilter(for: [own]), try PacketFilter(for: [own6])].map(\.expression).joined(separator: " or "))
  }

  @Test func `What libpcap does not understand is refused in its words`() {
    #expect(throws: PacketError.self) { try PacketFilter(expression: "arp frm host") }
  }

  @Test func `Every reason says what to type`() {
    let reasons: [PacketError] = [
      .notPermitted, .noInterface("x0"), .notEthernet("x0"), .isDown("x0"), .smallMTU("x0", 100), .isForwarded("x0"),
    ]
    for reason in reasons {
      let lines = reason.description.split(separator: "\n")
      #expect(lines.count > 1)
      #expect(lines[0].hasPrefix("cannot "))
    }
  }
}
