import Claims
import Testing
import Wire

struct PolicyTests {
  private let text = """
    # The web server, and whoever is in the group.
    allow user alice tcp 10.9.0.2 80
    allow group staff tcp * 8000-8999   # tests
    \tallow everybody udp 10.9.0.3 *

    limit everybody 4
    limit user alice 64
    """

  @Test(arguments: [
    ("tcp 10.9.0.2 80", true, false), ("tcp 10.9.0.3 80", false, false), ("tcp 10.9.0.2 80-81", false, false),
    ("tcp 10.9.0.7 8000-8999", true, true), ("tcp 10.9.0.7 8999-9000", false, false), ("udp 10.9.0.3 1", true, true),
    ("udp 10.9.0.2 80", false, false),
  ])
  func `What some line covers as a whole is allowed`(_ claim: String, _ alice: Bool, _ bob: Bool) throws {
    let policy = try Policy(text: text)
    #expect(policy.allows(try Claim.reading(claim), to: .alice) == alice)
    #expect(policy.allows(try Claim.reading(claim), to: .bob) == bob)
  }

  @Test func `The last limit that fits counts`() throws {
    let policy = try Policy(text: text)
    #expect(policy.limit(for: .alice) == 64)
    #expect(policy.limit(for: .bob) == 4)
    #expect(try Policy(text: "").limit(for: .bob) == Policy.usualLimit)
  }

  @Test func `Without a file only the named users may claim`() throws {
    let policy = Policy(onlyUsers: [0, 1_000])
    #expect(policy.allows(try Claim.reading("tcp 10.9.0.2 1-65535"), to: .alice))
    #expect(!policy.allows(try Claim.reading("tcp 10.9.0.2 8080"), to: .bob))
  }

  @Test(arguments: [
    ("permit everybody tcp * 80", "'permit' is neither 'allow' nor 'limit'"),
    ("allow alice tcp * 80", "say for whom: 'user NAME', 'group NAME' or 'everybody'"),
    ("allow user", "say for whom: 'user NAME', 'group NAME' or 'everybody'"),
    ("allow everybody sctp * 80", "'sctp' is neither tcp nor udp"),
    ("allow everybody tcp 10.9 80", "'10.9' is no address"),
    ("allow everybody tcp * 0", "'0' is no port and no range of ports"),
    ("allow everybody tcp *", "say what: a protocol, an address and ports, such as 'tcp 10.9.0.2 80'; * is any"),
    ("limit everybody many", "a limit is a number of claims, such as 'limit user www 16'"),
  ])
  func `A line that cannot be read is named with what is wrong`(_ line: String, _ reason: String) {
    #expect(throws: PolicyError(line: 3, reason: reason)) { try Policy(text: "# first\n\n\(line)") }
  }
}
