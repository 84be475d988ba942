import Claims
import Testing
import Wire

struct ClaimTableTests {
  private func table(_ policy: String = "allow everybody * * *", capacity: Int = 8) throws -> ClaimTable {
    ClaimTable(addresses: [IPv4Address(0x0A09_0002)], policy: try Policy(text: policy), capacity: capacity)
  }

  @Test func `First come, first served, and the second is told who was first`() throws {
    var table = try table()
    let web = try Claim.reading("tcp 10.9.0.2 80")
    _ = try table.grant(web, to: .alice)
    #expect(throws: Refusal.taken(web, by: .alice)) {
      try table.grant(try Claim.reading("tcp 10.9.0.2 1-1024"), to: .bob)
    }
    #expect("\(Refusal.taken(web, by: .alice))" == "tcp 10.9.0.2 80 is held by alice (process 100)")
    #expect(table.all.map(\.claim) == [web])
  }

  @Test func `Not even its holder is granted a port twice`() throws {
    var table = try table()
    let web = try Claim.reading("tcp 10.9.0.2 80")
    _ = try table.grant(web, to: .alice)
    #expect(throws: Refusal.taken(web, by: .alice)) { try table.grant(web, to: .alice) }
  }

  @Test func `What was given up can be claimed again, under another mark`() throws {
    var table = try table()
    let web = try Claim.reading("tcp 10.9.0.2 80")
    let first = try table.grant(web, to: .alice)
    table.release(first.mark)
    #expect(table.count == 0)
    let second = try table.grant(web, to: .bob)
    #expect(second.mark != first.mark)
    #expect(table[second.mark]?.holder == .bob)
    #expect(table[first.mark] == nil)
  }

  @Test func `Only addresses of the broker are granted`() throws {
    var table = try table()
    #expect(throws: Refusal.foreignAddress(IPv4Address(0x0A09_0009))) {
      try table.grant(try Claim.reading("tcp 10.9.0.9 80"), to: .alice)
    }
  }

  @Test func `Whom the policy does not allow a claim is refused it`() throws {
    var table = try table("allow user alice tcp * 80")
    let web = try Claim.reading("tcp 10.9.0.2 80")
    #expect(throws: Refusal.notAllowed(web, user: "bob")) { try table.grant(web, to: .bob) }
    _ = try table.grant(web, to: .alice)
  }

  @Test func `A user holds no more claims than its limit, whatever its processes`() throws {
    var table = try table("allow everybody * * *\nlimit everybody 2")
    let other = Claimant(process: 101, start: 9, user: 1_000, name: "alice")
    let first = try table.grant(try Claim.reading("tcp 10.9.0.2 80"), to: .alice)
    _ = try table.grant(try Claim.reading("tcp 10.9.0.2 81"), to: other)
    let third = try Claim.reading("tcp 10.9.0.2 82")
    #expect(throws: Refusal.tooMany(limit: 2, user: "alice")) { try table.grant(third, to: .alice) }
    _ = try table.grant(third, to: .bob)
    table.release(first.mark)
    _ = try table.grant(try Claim.reading("tcp 10.9.0.2 83"), to: .alice)
  }

  @Test func `A full table refuses, and loses nothing by a thousand claims that come and go`() throws {
    var table = try table(capacity: 3)
    for port in UInt16(1)...1_000 {
      let grant = try table.grant(try Claim.reading("udp 10.9.0.2 \(port)"), to: .alice)
      table.release(grant.mark)
      table.release(grant.mark)
    }
    for port in 1...3 { _ = try table.grant(try Claim.reading("tcp 10.9.0.2 \(port)"), to: .alice) }
    #expect(throws: Refusal.full) { try table.grant(try Claim.reading("tcp 10.9.0.2 4"), to: .alice) }
  }

  @Test func `The next broker takes over what the records say`() throws {
    var old = try table()
    _ = try old.grant(try Claim.reading("tcp 10.9.0.2 80"), to: .alice)
    let grant = try old.grant(try Claim.reading("udp 10.9.0.2 53-54"), to: .bob)
    var new = try table("limit everybody 0")
    let lines = old.records.split(separator: "\n")
    let restored = try lines.map { try #require(ClaimTable.Grant(record: $0)) }
    let areRestored = restored.map { new.restore($0) }
    #expect(areRestored == [true, true])
    #expect(new.records == old.records)
    let isRestoredTwice = new.restore(grant)
    #expect(!isRestoredTwice)
    #expect(new[grant.mark]?.holder.start == 2)
  }

  @Test(arguments: ["", "1 2 3", "1 100 1 1000 alice tcp 10.9.0.2 80", "3303931905 x 1 1000 alice tcp 10.9.0.2 80"])
  func `What is no record is not taken for one`(_ line: String) {
    #expect(ClaimTable.Grant(record: line) == nil)
  }
}
