import Claims
import Wire

extension Claimant {
  static let alice = Claimant(process: 100, start: 1, user: 1_000, name: "alice", groups: ["web", "staff"])
  static let bob = Claimant(process: 200, start: 2, user: 1_001, name: "bob", groups: ["staff"])
}

extension Claim {
  /// A claim that the test knows to be one.
  static func reading(_ text: String) throws -> Claim {
    guard let claim = Claim(text) else { throw Refusal.unreadable(text) }
    return claim
  }
}
