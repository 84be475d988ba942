import TCP
import Time
import Wire

/// Control messages about packets of ours (RFC 792). Anybody can send them, so that only those are believed which know a
/// number that is in flight (RFC 5927 §4).
extension Host {
  /// Takes in an echo request, or news of a packet that did not arrive.
  mutating func receiveICMP(
    _ packet: RawSpan, from source: IPv4Address, _ hardware: MACAddress, to local: IPv4Address, at now: Instant
  ) throws(ParseError) -> HostArrival? {
    var rest = packet
    switch try ICMPMessage(parsing: &rest) {
    case .echoRequest(let identifier, let sequence):
      sendEcho(
        .echoReply(identifier: identifier, sequence: sequence), data: rest, to: source, hardware, from: local)
      counters.echoesAnswered += 1
    case .unreachable(let reason):
      guard let lost = LostSegment(rest), lost.source == local else { throw .badLength }
      let key = FlowKey(
        peer: lost.destination, peerPort: lost.destinationPort, localPort: lost.sourcePort,
        local: configuration.local(local) ?? 0)
      return undelivered(lost.sequence, of: key, because: reason, at: now)
    case .echoReply, .other: break
    }
    return nil
  }

  /// A segment of a flow did not arrive.
  private mutating func undelivered(
    _ sequence: SequenceNumber, of key: FlowKey, because reason: ICMPMessage.Unreachable, at now: Instant
  ) -> HostArrival? {
    switch (flows[key], reason) {
    case (.connection(let index), .needsFragmentation(let mtu)):
      guard connections.blocks[index].isInFlight(sequence) else { break }
      let size = PathSize.segment(mtu: mtu, now: connections.blocks[index].snd.mss)
      guard connections.blocks[index].narrowPath(to: size, &ranges, at: now) else { return nil }
      counters.pathsNarrowed += 1
      markReady(index)
      return nil
    case (.opening(let place), .code(let code)):
      // Only what is not yet a connection is given up: what is one may be meant to be cut (RFC 5927 §5.2).
      guard let entry = openings[place], entry.block.iss == sequence, 2...3 ~= code else { break }
      var arrival = Arrival()
      arrival.ending = .unreachable
      end(entry.connection, .unreachable, now)
      return HostArrival(
        connection: connections.id(of: entry.connection), arrival: arrival, isNew: false, reading: .nothing)
    default: break
    }
    counters.messagesIgnored += 1
    return nil
  }
}

/// The beginning of a packet of ours, as a control message brings it back (RFC 792: the header and eight bytes).
struct LostSegment {
  /// Who has sent it: one of our addresses.
  let source: IPv4Address
  /// Who should have received it.
  let destination: IPv4Address
  /// Our port.
  let sourcePort: UInt16
  /// The peer's port.
  let destinationPort: UInt16
  /// SEG.SEQ.
  let sequence: SequenceNumber

  /// Reads it; nil where it is no segment. Length and checksum may have been changed on the way.
  init?(_ bytes: RawSpan) {
    guard bytes.byteCount >= IPv4Header.byteCount, bytes.byte(at: 0) >> 4 == 4 else { return nil }
    let headerCount = Int(bytes.byte(at: 0) & 0xF) * 4
    guard headerCount >= IPv4Header.byteCount, bytes.byteCount >= headerCount + 8,
      IPProtocol(bytes.byte(at: 9)) == .tcp, bytes.uint16(at: 6) & 0x1FFF == 0
    else { return nil }
    source = IPv4Address(bytes, at: 12)
    destination = IPv4Address(bytes, at: 16)
    sourcePort = bytes.uint16(at: headerCount)
    destinationPort = bytes.uint16(at: headerCount + 2)
    sequence = SequenceNumber(bytes.uint32(at: headerCount + 4))
  }
}
