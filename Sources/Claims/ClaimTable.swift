package import Wire

/// Who holds what. First come, first served: a claim that overlaps one that is held is refused with the holder's name.
package struct ClaimTable: Sendable {
  /// The addresses that can be claimed on.
  package let addresses: Set<IPv4Address>
  /// The most claims at once.
  package let capacity: Int
  private let policy: Policy
  private var grants: [Mark: Grant] = [:]
  private var free: [Mark]

  /// A claim that is held.
  package struct Grant: Equatable, Sendable {
    /// What is held.
    package let claim: Claim
    /// By whom.
    package let holder: Claimant
    /// The mark of its packets.
    package let mark: Mark

    /// A claim that somebody holds.
    package init(claim: Claim, holder: Claimant, mark: Mark) {
      self.claim = claim
      self.holder = holder
      self.mark = mark
    }
  }

  /// A table without claims.
  /// - Parameter capacity: the most claims at once, up to `Mark.count`.
  package init(addresses: Set<IPv4Address>, policy: Policy, capacity: Int = 4_096) {
    self.addresses = addresses
    self.policy = policy
    self.capacity = min(capacity, Mark.count)
    free = (0..<self.capacity).reversed().map { Mark(number: $0) }
  }

  /// Grants a claim, or says why not.
  package mutating func grant(_ claim: Claim, to claimant: Claimant) throws(Refusal) -> Grant {
    guard addresses.contains(claim.address) else { throw .foreignAddress(claim.address) }
    guard policy.allows(claim, to: claimant) else { throw .notAllowed(claim, user: claimant.name) }
    if let holder = grants.values.first(where: { $0.claim.overlaps(claim) }) {
      throw .taken(holder.claim, by: holder.holder)
    }
    let limit = policy.limit(for: claimant)
    guard grants.values.count(where: { $0.holder.user == claimant.user }) < limit else {
      throw .tooMany(limit: limit, user: claimant.name)
    }
    guard let mark = free.popLast() else { throw .full }
    let grant = Grant(claim: claim, holder: claimant, mark: mark)
    grants[mark] = grant
    return grant
  }

  /// Takes over a grant of an earlier broker, whatever the policy says now: its server is running.
  /// - Returns: false when it contradicts another, or lies outside the table.
  package mutating func restore(_ grant: Grant) -> Bool {
    guard addresses.contains(grant.claim.address), grants[grant.mark] == nil,
      !grants.values.contains(where: { $0.claim.overlaps(grant.claim) }),
      let place = free.firstIndex(of: grant.mark)
    else { return false }
    free.remove(at: place)
    grants[grant.mark] = grant
    return true
  }

  /// Gives a claim up. Its mark comes last in the row of those that are used again, so that it does not soon name
  /// another's packets.
  package mutating func release(_ mark: Mark) {
    guard grants.removeValue(forKey: mark) != nil else { return }
    free.insert(mark, at: 0)
  }

  /// The grant with this mark.
  package subscript(mark: Mark) -> Grant? { grants[mark] }

  /// How many claims are held.
  package var count: Int { grants.count }

  /// All that are held, in the order of their marks.
  package var all: [Grant] { grants.values.sorted { $0.mark < $1.mark } }
}
