import Wire

/// Who may claim what.
///
/// A policy is read from lines. `allow` lines add up, what none of them allows is refused, and the last `limit` line that
/// fits a user counts:
///
///     # who          protocol  address    ports
///     allow user www       tcp  10.9.0.2   80
///     allow group web      tcp  *          8000-8999
///     allow everybody      udp  10.9.0.3   *
///     limit everybody 4
///     limit user www  64
package struct Policy: Equatable, Sendable {
  var permissions: [Permission] = []
  var limits: [Limit] = []

  /// Whom a line is about.
  enum Subject: Equatable, Sendable {
    case everybody
    case user(String)
    case group(String)

    func includes(_ claimant: Claimant) -> Bool {
      switch self {
      case .everybody: true
      case .user(let name): name == claimant.name || name == "\(claimant.user)"
      case .group(let name): claimant.groups.contains(name)
      }
    }
  }

  /// An `allow` line; nil stands for all.
  struct Permission: Equatable, Sendable {
    let subject: Subject
    let transport: Claim.Transport?
    let address: IPv4Address?
    let ports: ClosedRange<UInt16>

    func covers(_ claim: Claim) -> Bool {
      (transport ?? claim.transport) == claim.transport && (address ?? claim.address) == claim.address
        && ports.lowerBound <= claim.ports.lowerBound && claim.ports.upperBound <= ports.upperBound
    }
  }

  /// A `limit` line.
  struct Limit: Equatable, Sendable {
    let subject: Subject
    let count: Int
  }

  /// The policy without a file: root, and the user that the broker runs as, may claim everything.
  package init(onlyUsers users: Set<UInt32>) {
    permissions = users.sorted().map {
      Permission(subject: .user("\($0)"), transport: nil, address: nil, ports: 1...UInt16.max)
    }
  }

  /// The most claims a user may hold where no line says otherwise.
  package static let usualLimit = 16

  /// Whether a line lets the claimant have all of the claim.
  package func allows(_ claim: Claim, to claimant: Claimant) -> Bool {
    permissions.contains { $0.subject.includes(claimant) && $0.covers(claim) }
  }

  /// The most claims that the claimant's user may hold.
  package func limit(for claimant: Claimant) -> Int {
    limits.last { $0.subject.includes(claimant) }?.count ?? Policy.usualLimit
  }
}
