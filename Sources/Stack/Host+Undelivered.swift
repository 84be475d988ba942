import TCP
import Time
import Wire

/// News of packets of ours that did not arrive. Anybody can send them, so that only those are believed which know a number
/// that is in flight (RFC 5927 §4).
extension Host {
  /// Why a packet did not arrive.
  enum LossReason {
    /// It was too large for a link that takes so many bytes.
    case tooBig(UInt32)
    /// Nobody will take it, now or later.
    case refused
    /// Something that may pass.
    case passing
  }

  /// A segment of ours did not arrive.
  /// - Parameters:
  ///   - lost: the segment; nil where the message brings none.
  ///   - own: our address, to which the message came.
  mutating func undelivered(
    _ lost: LostSegment?, from own: IPAddress, because reason: LossReason, at now: Instant
  ) throws(ParseError) -> HostArrival? {
    guard let lost, lost.source == own else { throw .badLength }
    let key = FlowKey(
      peer: lost.destination, peerPort: lost.destinationPort, localPort: lost.sourcePort,
      local: configuration.addresses.local(own) ?? 0)
    switch (reference(of: key), reason) {
    case (.connection(let index), .tooBig(let mtu)):
      guard connections.blocks[index].isInFlight(lost.sequence) else { break }
      let size = PathSize.segment(mtu: mtu, on: own.family, now: connections.blocks[index].snd.mss)
      guard connections.blocks[index].narrowPath(to: size, &ranges, at: now) else { return nil }
      counters.pathsNarrowed += 1
      markReady(index)
      return nil
    case (.opening(let place), .refused):
      // Only what is not yet a connection is given up: what is one may be meant to be cut (RFC 5927 §5.2).
      guard let entry = openings[place], entry.block.iss == lost.sequence else { break }
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
