import TCP
import Time
import Wire

/// Packets of version 6 on their way in.
extension Host {
  /// Takes in a packet (RFC 8200); fragments and what is for others are counted and dropped.
  mutating func receiveIPv6(
    _ packet: RawSpan, from hardware: MACAddress, isVouchedFor: Bool, at now: Instant
  ) throws(ParseError) -> HostArrival? {
    var rest = packet
    let ip = try IPv6Header(parsing: &rest)
    guard let local = configuration.addresses.local(ip.destination) else {
      try receiveGroup(rest, ip, hardware, at: now)
      return nil
    }
    guard ip.source.isUnicast, configuration.addresses.local(ip.source) == nil, !hardware.isMulticast else {
      throw .badFlags
    }
    guard !ip.isFragment else {
      counters.drops.fragment += 1
      return nil
    }
    switch ip.payloadProtocol {
    case .tcp:
      let source = IPAddress(ip.source)
      if !isVouchedFor {
        let sum = InternetChecksum(tcpFrom: source, to: IPAddress(ip.destination), length: rest.byteCount)
        guard (sum + InternetChecksum(summing: rest)).isValid else { throw .badChecksum }
      }
      let start = EthernetHeader.byteCount + IPv6Header.byteCount + Int(ip.payloadLength) - rest.byteCount
      return try receiveSegment(rest, at: start, from: source, hardware, to: local, marked: ip.congestion, now)
    case .icmpv6: return try receiveICMP(rest, ip, hardware, at: now)
    default: counters.drops.unsupported += 1
    }
    return nil
  }

  /// Takes in a packet for a group of hosts: only questions and answers about hardware addresses concern us.
  private mutating func receiveGroup(
    _ packet: RawSpan, _ ip: IPv6Header, _ hardware: MACAddress, at now: Instant
  ) throws(ParseError) {
    guard ip.destination.isSolicitedNode || ip.destination == .allNodes, ip.payloadProtocol == .icmpv6, !ip.isFragment
    else {
      counters.drops.notForUs += 1
      return
    }
    // Who has no address yet may ask (RFC 4862 §5.4.2).
    guard ip.source.isUnicast || ip.source == .unspecified, configuration.addresses.local(ip.source) == nil,
      !hardware.isMulticast
    else { throw .badFlags }
    var rest = packet
    guard case .neighbor(let message) = try ICMPv6Message(parsing: &rest, from: ip.source, to: ip.destination) else {
      counters.drops.notForUs += 1
      return
    }
    try receive(message, from: ip, hardware, at: now)
  }
}
