import Claims
import Testing
import Wire

struct UnclaimedFilterTests {
  private func expression(_ addresses: [String], _ claims: [String]?) throws -> String {
    let known = try addresses.map { try #require(IPv4Address($0)) }
    return UnclaimedFilter(addresses: Set(known), claims: try claims?.map { try Claim.reading($0) }).expression
  }

  @Test func `Without a word on claims only ARP and ping are answered`() throws {
    let expected = "arp dst host 10.9.0.2 or (ip dst host 10.9.0.2 and (icmp[icmptype] = icmp-echo))"
    #expect(try expression(["10.9.0.2"], nil) == expected)
  }

  @Test func `Where nothing is claimed all of TCP is answered`() throws {
    let expected = "arp dst host 10.9.0.2 or (ip dst host 10.9.0.2 and (icmp[icmptype] = icmp-echo or (tcp)))"
    #expect(try expression(["10.9.0.2"], []) == expected)
  }

  @Test func `Claimed ports are left out, neighbours as one`() throws {
    let claims = ["tcp 10.9.0.2 8081-8090", "tcp 10.9.0.2 80", "tcp 10.9.0.2 8080", "udp 10.9.0.2 53"]
    let text = try expression(["10.9.0.2"], claims)
    #expect(text.hasSuffix("(tcp and not dst portrange 80-80 and not dst portrange 8080-8090)))"))
  }

  @Test func `Each address has its own claims`() throws {
    let text = try expression(["10.9.0.2", "10.9.0.3"], ["tcp 10.9.0.3 80"])
    #expect(text.contains("ip dst host 10.9.0.2 and (icmp[icmptype] = icmp-echo or (tcp))"))
    #expect(text.contains("ip dst host 10.9.0.3 and (icmp[icmptype] = icmp-echo or (tcp and not dst portrange 80-80))"))
  }

  @Test func `So many claims that no filter could hold them leave TCP alone`() throws {
    let claims = (0...UnclaimedFilter.mostRuns).map { "tcp 10.9.0.2 \($0 * 2 + 1)" }
    #expect(try expression(["10.9.0.2"], claims).contains("tcp") == false)
  }
}
