package import Wire

/// The Internet addresses of a host: one of either version or of both, and as many that follow each as there are to be.
package struct HostAddresses: Hashable, Sendable {
  private let first4: IPAddress
  private let first6: IPAddress
  private let count4: UInt16
  private let count6: UInt16

  /// Addresses of version 4.
  /// - Parameter count: how many, `first` and those that follow it; at least one.
  package init(_ first: IPv4Address, count: UInt16 = 1) {
    self.init(ipv4: first, ipv6: nil, count: count)
  }

  /// Addresses of version 6.
  /// - Parameter count: how many, `first` and those that follow it; at least one.
  package init(_ first: IPv6Address, count: UInt16 = 1) {
    self.init(ipv4: nil, ipv6: first, count: count)
  }

  /// One address of each version.
  package init(_ ipv4: IPv4Address, _ ipv6: IPv6Address) {
    self.init(ipv4: ipv4, ipv6: ipv6, count: 1)
  }

  /// One address of each version at most; nil where the list has none, or two of one version.
  package init?(_ list: [IPAddress]) {
    let (versions4, versions6) = (list.compactMap(\.ipv4), list.compactMap(\.ipv6))
    guard !list.isEmpty, versions4.count <= 1, versions6.count <= 1 else { return nil }
    self.init(ipv4: versions4.first, ipv6: versions6.first, count: 1)
  }

  private init(ipv4: IPv4Address?, ipv6: IPv6Address?, count: UInt16) {
    precondition(count > 0, "a host has an address")
    precondition((ipv4.map { $0.value <= UInt32.max - UInt32(count) } ?? true), "the addresses end before")
    (count4, count6) = (ipv4 == nil ? 0 : count, ipv6 == nil ? 0 : count)
    first4 = IPAddress(ipv4 ?? IPv4Address(0))
    first6 = IPAddress(ipv6 ?? .unspecified)
  }

  /// The first address of a version; nil where there is none.
  package func first(_ family: IPFamily) -> IPAddress? {
    switch family {
    case .ipv4: count4 > 0 ? first4 : nil
    case .ipv6: count6 > 0 ? first6 : nil
    }
  }

  /// The first address of each version that there is.
  package var firsts: [IPAddress] { IPFamily.allCases.compactMap { first($0) } }

  /// How many addresses of a version there are.
  package func count(_ family: IPFamily) -> UInt16 {
    switch family {
    case .ipv4: count4
    case .ipv6: count6
    }
  }

  /// One of our addresses, of the version that `peer` has.
  @inline(__always)
  func address(_ local: UInt16, towards peer: IPAddress) -> IPAddress {
    let first = peer.family == .ipv4 ? first4 : first6
    return IPAddress(IPv6Address(high: first.mapped.high, low: first.mapped.low &+ UInt64(local)))
  }

  /// Which of our addresses this is; nil where it is not ours.
  @inline(__always)
  func local(_ candidate: IPv4Address) -> UInt16? {
    let distance = IPAddress(candidate).mapped.low &- first4.mapped.low
    return distance < UInt64(count4) ? UInt16(truncatingIfNeeded: distance) : nil
  }

  /// Which of our addresses this is; nil where it is not ours.
  @inline(__always)
  func local(_ candidate: IPv6Address) -> UInt16? {
    let distance = candidate.low &- first6.mapped.low
    return candidate.high == first6.mapped.high && distance < UInt64(count6)
      ? UInt16(truncatingIfNeeded: distance) : nil
  }

  /// Which of our addresses this is; nil where it is not ours.
  func local(_ candidate: IPAddress) -> UInt16? {
    switch candidate.family {
    case .ipv4: candidate.ipv4.flatMap { local($0) }
    case .ipv6: candidate.ipv6.flatMap { local($0) }
    }
  }
}
