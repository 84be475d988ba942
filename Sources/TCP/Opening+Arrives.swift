package import Time
import Wire

/// What a segment does to a connection that we open.
package enum OpeningOutcome: Sendable {
  /// Nothing, or nothing but what `nextSegment` has now.
  case unchanged
  /// It is answered with this segment.
  case answered(OutgoingSegment)
  /// The peer does not want the connection.
  case refused
  /// The connection is there; what more the segment carries is to be given to it.
  case opened(Connection)
  /// The connection is there, and nothing is left of the segment.
  case openedBySYN(Connection)
}

/// SEGMENT ARRIVES in SYN-SENT, in the order of RFC 9293 §3.10.7.3.
extension Opening {
  /// Takes in a segment.
  package mutating func segmentArrives(_ segment: Segment, at now: Instant) -> OpeningOutcome {
    if case .synReceived(var half) = phase {
      let outcome = crossed(segment, &half, at: now)
      phase = .synReceived(half)
      return outcome
    }
    // First: an acknowledgment of anything but our SYN is answered with a reset.
    let acknowledgment = segment.header.acknowledgment
    if let acknowledgment, acknowledgment != iss + 1 {
      return Reset.answering(segment).map { .answered($0) } ?? .unchanged
    }
    switch segment.header.control {
    // Second: a reset that acknowledges our SYN refuses the connection; any other is a guess.
    case .rst: return acknowledgment == nil ? .unchanged : .refused
    // Fourth: the peer's SYN. (There is no security to check third.)
    case .syn where acknowledgment == nil:
      phase = .synReceived(HalfOpen(answering: segment, iss: iss, offer: offer, at: now))
      isDue = true
      return .unchanged
    case .syn: return .openedBySYN(connection(answeredBy: segment, at: now))
    // Fifth: neither of the two.
    case .none, .fin: return .unchanged
    }
  }

  /// The connection that a SYN-ACK opens, and what the handshake has told of the path. Text beside the SYN, if there is
  /// any, will be sent again by the peer.
  private func connection(answeredBy segment: Segment, at now: Instant) -> Connection {
    let agreement = HandshakeAgreement(
      offer, peer: segment.header.handshakeOptions, iss: iss, irs: segment.sequence,
      hasECN: asksForECN && segment.header.congestion == .agreeing)
    var connection = Connection(agreement, window: UInt32(segment.header.window), at: now)
    if let sentAt { connection.timeout.measure(now.since(sentAt)) }
    // One lost SYN may be an accident, two are a path that carries little (RFC 6928 §2).
    if retransmissions > 1 { connection.congestion.beginSmall(mss: agreement.mss) }
    connection.obligation = .due
    return connection
  }

  /// SYN-RECEIVED: both ends have sent a SYN before they saw the other's.
  private mutating func crossed(_ segment: Segment, _ half: inout HalfOpen, at now: Instant) -> OpeningOutcome {
    // The peer's SYN-ACK carries its old number, and acknowledges our SYN all the same (RFC 9293 §3.5, figure 8).
    if segment.header.control == .syn, segment.sequence == half.irs, segment.header.acknowledgment == iss + 1 {
      var connection = half.connection(window: UInt32(segment.header.window), at: now)
      connection.obligation = .due
      return .openedBySYN(connection)
    }
    switch half.segmentArrives(segment, at: now) {
    case .ignored: return .unchanged
    case .answered(let answer): return .answered(answer)
    case .forgotten: return .refused
    case .opened(let window): return .opened(half.connection(window: window, at: now))
    }
  }
}
