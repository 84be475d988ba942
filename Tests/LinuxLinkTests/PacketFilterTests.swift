import Testing
import Wire

@testable import LinuxLink

/// The filter of a packet socket.
struct PacketFilterTests {
  private static let own = IPv4Address(10 << 24 | 9 << 8 | 2)

  @Test func `The filter names the address and nothing else`() throws {
    let filter = try PacketFilter(for: PacketFilterTests.own)
    #expect(filter.expression == "arp dst host 10.0.9.2 or (ip dst host 10.0.9.2 and (tcp or icmp))")
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
