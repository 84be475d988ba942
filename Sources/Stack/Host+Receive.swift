import TCP
package import Time
import Wire

/// A frame's way in, down to the segment.
extension Host {
  /// Takes in a frame.
  /// - Parameters:
  ///   - frame: the bytes from the destination address on.
  ///   - isVouchedFor: whether the TCP checksum need not be looked at.
  ///   - now: when the frame arrived.
  /// - Returns: what it has changed for a connection, or nil when it concerns none.
  package mutating func receive(_ frame: RawSpan, isVouchedFor: Bool, at now: Instant) -> HostArrival? {
    var rest = frame
    do {
      let ethernet = try EthernetHeader(parsing: &rest)
      guard ethernet.destination == configuration.hardware || ethernet.destination == .broadcast else {
        counters.drops.notForUs += 1
        return nil
      }
      switch ethernet.type {
      case .ipv4 where ethernet.destination == configuration.hardware:
        return try receivePacket(rest, in: frame, from: ethernet.source, isVouchedFor: isVouchedFor, at: now)
      case .arp: try receiveARP(rest, at: now)
      default: counters.drops.unsupported += 1
      }
    } catch {
      counters.drops.count(error)
    }
    return nil
  }

  private mutating func receivePacket(
    _ packet: RawSpan, in frame: RawSpan, from hardware: MACAddress, isVouchedFor: Bool, at now: Instant
  ) throws(ParseError) -> HostArrival? {
    var rest = packet
    let ip = try IPv4Header(parsing: &rest)
    guard let local = configuration.local(ip.destination) else {
      counters.drops.notForUs += 1
      return nil
    }
    guard ip.source.isUnicast, configuration.local(ip.source) == nil, !hardware.isMulticast else { throw .badFlags }
    guard ip.fragment == nil else {
      counters.drops.fragment += 1
      return nil
    }
    switch ip.payloadProtocol {
    case .tcp:
      let length = rest.byteCount
      let segmentStart = EthernetHeader.byteCount + Int(ip.totalLength) - length
      if !isVouchedFor {
        let sum = InternetChecksum(tcpFrom: ip.source, to: ip.destination, length: length)
        guard (sum + InternetChecksum(summing: rest)).isValid else { throw .badChecksum }
      }
      let tcp = try TCPHeader(parsing: &rest)
      counters.segmentsIn += 1
      let textStart = segmentStart + length - rest.byteCount
      let segment = Segment(header: tcp, textCount: rest.byteCount)
      let key = FlowKey(
        peer: ip.source, peerPort: tcp.sourcePort, localPort: tcp.destinationPort, local: local)
      return dispatch(segment, key, from: hardware, text: rest, at: textStart, now)
    case .icmp: return try receiveICMP(rest, from: ip.source, hardware, to: ip.destination, at: now)
    default: counters.drops.unsupported += 1
    }
    return nil
  }
}

/// Who sends a packet.
struct Sender {
  /// The Internet address.
  var address: IPv4Address
  /// The hardware address.
  var hardware: MACAddress
}
