package import Wire

/// What the broker itself answers on shared addresses, in the language of libpcap (pcap-filter(7)): ARP, ping, and TCP to
/// ports that nobody has claimed.
package struct UnclaimedFilter {
  private let addresses: [IPv4Address]
  private let claims: [Claim]?

  /// The most runs of claimed ports on an address that are told apart. The kernel's filters have 4,096 instructions at
  /// most (`BPF_MAXINSNS`), and a run takes a few; beyond that no connection to the address is refused.
  package static let mostRuns = 256

  /// The filter.
  /// - Parameter claims: what servers answer for; nil where TCP is left alone altogether.
  package init(addresses: Set<IPv4Address>, claims: [Claim]?) {
    self.addresses = addresses.sorted { $0.value < $1.value }
    self.claims = claims
  }

  /// The expression.
  package var expression: String {
    addresses.map { "arp dst host \($0) or (ip dst host \($0) and (\(packets(to: $0))))" }.joined(separator: " or ")
  }

  private func packets(to address: IPv4Address) -> String {
    let ping = "icmp[icmptype] = icmp-echo"
    guard let claims else { return ping }
    let runs = UnclaimedFilter.runs(of: claims.filter { $0.address == address && $0.transport == .tcp })
    guard runs.count <= UnclaimedFilter.mostRuns / addresses.count else { return ping }
    let excepted = runs.map { " and not dst portrange \($0.lowerBound)-\($0.upperBound)" }
    return "\(ping) or (tcp\(excepted.joined()))"
  }

  /// The claimed ports, neighbours joined.
  private static func runs(of claims: [Claim]) -> [ClosedRange<UInt16>] {
    var runs: [ClosedRange<UInt16>] = []
    for ports in claims.map(\.ports).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = runs.last, Int(ports.lowerBound) <= Int(last.upperBound) + 1 {
        runs[runs.count - 1] = last.lowerBound...max(last.upperBound, ports.upperBound)
      } else {
        runs.append(ports)
      }
    }
    return runs
  }
}
