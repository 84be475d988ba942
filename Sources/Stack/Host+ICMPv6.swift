import TCP
import Time
import Wire

/// Control messages of version 6 to one of our addresses (RFC 4443).
extension Host {
  /// Takes in an echo request, news of a packet that did not arrive, or a word about hardware addresses.
  mutating func receiveICMP(
    _ packet: RawSpan, _ ip: IPv6Header, _ hardware: MACAddress, at now: Instant
  ) throws(ParseError) -> HostArrival? {
    var rest = packet
    switch try ICMPv6Message(parsing: &rest, from: ip.source, to: ip.destination) {
    case .echoRequest(let identifier, let sequence):
      send(
        .echoReply(identifier: identifier, sequence: sequence), data: rest, from: ip.destination, to: ip.source,
        hardware)
      counters.echoesAnswered += 1
    case .unreachable(let code):
      // Forbidden, and no such port: neither goes away by itself (RFC 5461 §2.2).
      return try undelivered(
        LostSegment(ipv6: rest), from: IPAddress(ip.destination), because: code == 1 || code == 4 ? .refused : .passing,
        at: now)
    case .packetTooBig(let mtu):
      return try undelivered(LostSegment(ipv6: rest), from: IPAddress(ip.destination), because: .tooBig(mtu), at: now)
    case .neighbor(let message): try receive(message, from: ip, hardware, at: now)
    case .echoReply, .other: break
    }
    return nil
  }
}
