import TCP
import Time
import Wire

/// Control messages of version 4 (RFC 792).
extension Host {
  /// Takes in an echo request, or news of a packet that did not arrive.
  mutating func receiveICMP(
    _ packet: RawSpan, from source: IPv4Address, _ hardware: MACAddress, to own: IPv4Address, at now: Instant
  ) throws(ParseError) -> HostArrival? {
    var rest = packet
    switch try ICMPMessage(parsing: &rest) {
    case .echoRequest(let identifier, let sequence):
      send(.echoReply(identifier: identifier, sequence: sequence), data: rest, from: own, to: source, hardware)
      counters.echoesAnswered += 1
    case .unreachable(.needsFragmentation(let mtu)):
      return try undelivered(LostSegment(ipv4: rest), from: IPAddress(own), because: .tooBig(UInt32(mtu)), at: now)
    case .unreachable(.code(let code)):
      // No such protocol or port: neither goes away by itself (RFC 1122 §4.2.3.9).
      return try undelivered(
        LostSegment(ipv4: rest), from: IPAddress(own), because: 2...3 ~= code ? .refused : .passing, at: now)
    case .echoReply, .other: break
    }
    return nil
  }
}
