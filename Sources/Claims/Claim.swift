package import Wire

/// What a server asks to have for itself: one protocol, one address, and the ports from one to another.
///
/// It is the pattern of the exokernel's packet filters (DPF): the kernel checks only who owns which packets, and whatever
/// the packets mean is the owner's business.
package struct Claim: Hashable, Sendable {
  /// The protocol above IP.
  package let transport: Transport
  /// The address packets come to.
  package let address: IPv4Address
  /// The ports they come to, each from 1 on.
  package let ports: ClosedRange<UInt16>

  /// A claim; nil when it has port 0, which is nobody's.
  package init?(_ transport: Transport, _ address: IPv4Address, _ ports: ClosedRange<UInt16>) {
    guard ports.lowerBound > 0 else { return nil }
    self.transport = transport
    self.address = address
    self.ports = ports
  }

  /// A protocol that has ports.
  package enum Transport: String, CaseIterable, Sendable {
    /// TCP (RFC 9293).
    case tcp
    /// UDP (RFC 768).
    case udp
  }

  /// Whether some packet would belong to both.
  package func overlaps(_ other: Claim) -> Bool {
    transport == other.transport && address == other.address && ports.overlaps(other.ports)
  }
}

extension Claim: CustomStringConvertible {
  /// Reads `tcp 10.9.0.2 80` or `udp 10.9.0.2 5000-5999`.
  package init?(_ text: some StringProtocol) {
    let words = text.split(separator: " ")
    guard words.count == 3, let transport = Transport(rawValue: String(words[0])), let address = IPv4Address(words[1]),
      let ports = ClosedRange<UInt16>(ports: words[2])
    else { return nil }
    self.init(transport, address, ports)
  }

  /// The words that `init` reads.
  package var description: String { "\(transport.rawValue) \(address) \(ports.portText)" }
}

extension ClosedRange<UInt16> {
  /// Reads `80` or `8000-8999`.
  init?(ports text: some StringProtocol) {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { UInt16($0) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last else { return nil }
    self = first...last
  }

  /// The text that `init(ports:)` reads.
  var portText: String { lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound)-\(upperBound)" }
}
