package import Wire

/// Why a claim was not granted.
package enum Refusal: Error, Equatable, Sendable {
  /// What was asked is no claim.
  case unreadable(String)
  /// The broker does not serve this address.
  case foreignAddress(IPv4Address)
  /// The policy does not let this user have it.
  case notAllowed(Claim, user: String)
  /// Some of it is claimed: by this claim, of this claimant.
  case taken(Claim, by: Claimant)
  /// The user holds as many claims as it may.
  case tooMany(limit: Int, user: String)
  /// There are as many claims as there can be.
  case full
  /// The kernel did not do what the claim needs, for this reason.
  case failed(String)
}

extension Refusal: CustomStringConvertible {
  /// The reason, in one line.
  package var description: String {
    switch self {
    case .unreadable(let text): "'\(text)' is no claim: write, for example, 'claim tcp 10.9.0.2 80'"
    case .foreignAddress(let address): "the broker does not serve the address \(address)"
    case .notAllowed(let claim, let user): "the policy does not let \(user) claim \(claim)"
    case .taken(let claim, let holder): "\(claim) is held by \(holder)"
    case .tooMany(let limit, let user): "\(user) holds \(limit) claims already, which is the limit"
    case .full: "there are as many claims as the broker can hold"
    case .failed(let reason): reason
    }
  }
}
