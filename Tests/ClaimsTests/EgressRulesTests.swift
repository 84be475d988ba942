import Claims
import Testing
import Wire

struct EgressRulesTests {
  private func rules() throws -> EgressRules {
    EgressRules(interface: "eth0.7", hardware: try #require(MACAddress("02:00:00:00:00:01")))
  }

  private func grant(_ text: String, number: Int) throws -> ClaimTable.Grant {
    ClaimTable.Grant(claim: try Claim.reading(text), holder: .alice, mark: Mark(number: number))
  }

  @Test func `A claim's mark passes only from its address and ports`() throws {
    let grant = try grant("tcp 10.9.0.2 8000-8080", number: 0)
    let element = "{ 3303931905 . 10.9.0.2 . tcp . 8000-8080 }"
    #expect(try rules().add(grant) == "add element netdev cheetah_eth0_7 ranges \(element)")
    #expect(try rules().remove(grant) == "delete element netdev cheetah_eth0_7 ranges \(element)")
  }

  @Test func `A single port stands in a set of its own, which is quick to look in`() throws {
    let element = "granted { 3303931905 . 10.9.0.2 . tcp . 80 }"
    #expect(try rules().add(try grant("tcp 10.9.0.2 80", number: 0)) == "add element netdev cheetah_eth0_7 \(element)")
  }

  @Test func `The table is replaced as a whole, with all grants in it`() throws {
    let grants = [try grant("tcp 10.9.0.2 80", number: 0), try grant("udp 10.9.0.2 53", number: 1)]
    let text = try rules().install(grants)
    let lines = text.split(separator: "\n")
    #expect(lines.first == "add table netdev cheetah_eth0_7")
    #expect(lines.dropFirst().first == "delete table netdev cheetah_eth0_7")
    #expect(text.contains("hook egress device \"eth0.7\""))
    #expect(try lines.suffix(2) == grants.map { try rules().add($0)[...] }[...])
  }

  @Test func `What has a mark and leaves by another interface is dropped and counted`() throws {
    let others = [NumberedInterface(index: 1, name: "lo"), NumberedInterface(index: 9, name: "eth1")]
    let text = try rules().install([], forged: 17, others: others)
    #expect(text.contains("counter forged { packets 17 bytes 0 }"))
    #expect(text.contains("chain other_1 {\n    type filter hook egress device \"lo\""))
    #expect(text.contains("chain other_9 {\n    type filter hook egress device \"eth1\""))
    #expect(text.split(separator: "== \(Mark.prefix) counter name forged drop").count == 3)
  }

  @Test func `The counter of forged packets is read from what nft shows`() throws {
    let shown = "table netdev cheetah_eth0_7 {\n\tcounter forged {\n\t\tpackets 17 bytes 1020\n\t}\n}\n"
    #expect(try rules().forgedCount(in: shown) == 17)
    #expect(try rules().forgedCount(in: "") == nil)
  }

  @Test func `A mark tells claims from everything else`() {
    #expect(Mark(value: 0) == nil)
    #expect(Mark(value: Mark.prefix) == nil)
    #expect(Mark(value: 0xC4EF_0001) == nil)
    #expect(Mark(value: Mark(number: 65_534).value)?.number == 65_534)
  }
}
