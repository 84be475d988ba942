import Wire

/// What a claim lets in, in the language of libpcap (pcap-filter(7)).
extension Claim {
  /// Packets to the claimed ports, and the news from routers about packets that were sent from them: destination
  /// unreachable, too big among them, quotes the packet it is about (RFC 792).
  package var filterExpression: String {
    let (low, high) = (ports.lowerBound, ports.upperBound)
    let isQuoted =
      "icmp[8] = 0x45 and icmp[17] = \(transport.number) and icmp[28:2] >= \(low) and icmp[28:2] <= \(high)"
    return """
      ip dst host \(address) and (\
      (\(transport.rawValue) and dst portrange \(low)-\(high)) or \
      (icmp[icmptype] = icmp-unreach and \(isQuoted)))
      """
  }
}

extension Claim.Transport {
  /// The number in the IP header.
  var number: UInt8 {
    switch self {
    case .tcp: 6
    case .udp: 17
    }
  }
}
