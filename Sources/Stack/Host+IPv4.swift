import TCP
import Time
import Wire

/// Packets of version 4 on their way in.
extension Host {
  /// Takes in a packet (RFC 791); fragments and what is for others are counted and dropped.
  @inline(__always)
  mutating func receiveIPv4(
    _ packet: RawSpan, from hardware: MACAddress, isVouchedFor: Bool, at now: Instant
  ) throws(ParseError) -> HostArrival? {
    var rest = packet
    let ip = try IPv4Header(parsing: &rest)
    guard let local = configuration.addresses.local(ip.destination) else {
      counters.drops.notForUs += 1
      return nil
    }
    guard ip.source.isUnicast, configuration.addresses.local(ip.source) == nil, !hardware.isMulticast else {
      throw .badFlags
    }
    guard ip.fragment == nil else {
      counters.drops.fragment += 1
      return nil
    }
    switch ip.payloadProtocol {
    case .tcp:
      if !isVouchedFor {
        let sum = InternetChecksum(tcpFrom: ip.source, to: ip.destination, length: rest.byteCount)
        guard (sum + InternetChecksum(summing: rest)).isValid else { throw .badChecksum }
      }
      let start = EthernetHeader.byteCount + Int(ip.totalLength) - rest.byteCount
      return try receiveSegment(
        rest, at: start, from: IPAddress(ip.source), hardware, to: local, marked: ip.congestion, now)
    case .icmp: return try receiveICMP(rest, from: ip.source, hardware, to: ip.destination, at: now)
    default: counters.drops.unsupported += 1
    }
    return nil
  }
}
