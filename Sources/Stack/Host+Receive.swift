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
      guard ethernet.destination == configuration.hardware || isGroupOfOurs(ethernet) else {
        counters.drops.notForUs += 1
        return nil
      }
      switch ethernet.type {
      case .ipv4 where ethernet.destination == configuration.hardware:
        return try receiveIPv4(rest, from: ethernet.source, isVouchedFor: isVouchedFor, at: now)
      case .ipv6 where configuration.addresses.count(.ipv6) > 0:
        return try receiveIPv6(rest, from: ethernet.source, isVouchedFor: isVouchedFor, at: now)
      case .arp: try receiveARP(rest, at: now)
      default: counters.drops.unsupported += 1
      }
    } catch {
      counters.drops.count(error)
    }
    return nil
  }

  /// Whether a frame for many stations may concern us: everybody is asked for hardware addresses.
  private func isGroupOfOurs(_ ethernet: EthernetHeader) -> Bool {
    switch ethernet.type {
    case .ipv6: ethernet.destination.isIPv6Group && configuration.addresses.count(.ipv6) > 0
    default: ethernet.destination == .broadcast
    }
  }

  /// Takes in a segment whose checksum is right.
  /// - Parameters:
  ///   - start: where in the frame it begins.
  ///   - mark: what routers on the way have said of it.
  @inline(__always)
  mutating func receiveSegment(
    _ bytes: RawSpan, at start: Int, from peer: IPAddress, _ hardware: MACAddress, to local: UInt16,
    marked mark: CongestionMark, _ now: Instant
  ) throws(ParseError) -> HostArrival? {
    var rest = bytes
    let tcp = try TCPHeader(parsing: &rest)
    counters.segmentsIn += 1
    var segment = Segment(header: tcp, textCount: rest.byteCount)
    segment.hasMetCongestion = mark == .experienced
    let key = FlowKey(peer: peer, peerPort: tcp.sourcePort, localPort: tcp.destinationPort, local: local)
    return dispatch(segment, key, from: hardware, text: rest, at: start + bytes.byteCount - rest.byteCount, now)
  }
}
