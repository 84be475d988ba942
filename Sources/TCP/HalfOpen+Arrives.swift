package import Time
import Wire

/// What a segment does to a half-open connection.
package enum HalfOpenOutcome: Sendable {
  /// Nothing.
  case ignored
  /// It is answered with this segment.
  case answered(OutgoingSegment)
  /// It is gone.
  case forgotten
  /// The handshake is complete: `connection` makes what begins, with this window. The segment may carry more: it is to be
  /// given to the connection.
  case opened(window: UInt32)
}

/// SEGMENT ARRIVES in SYN-RECEIVED, in the order of RFC 9293 §3.10.7.4.
extension HalfOpen {
  /// Takes in a segment.
  package mutating func segmentArrives(_ segment: Segment, at now: Instant) -> HalfOpenOutcome {
    let nxt = irs + 1
    if segment.header.control == .syn, segment.sequence == irs, segment.header.acknowledgment == nil {
      return .answered(answerAgain())
    }
    // First: the sequence number. What is not acceptable is answered with an acknowledgment, unless it is a reset.
    let isAcceptable = segment.sequence.isIn(nxt, count: agreement.receiveCapacity)
    guard isAcceptable else {
      return segment.header.control == .rst ? .ignored : .answered(acknowledgment(at: now))
    }
    // Second and fourth: a reset at the exact number, or a SYN in the window (RFC 5961 §3.2, §4.2).
    if segment.header.control == .rst {
      return segment.sequence == nxt ? .forgotten : .answered(acknowledgment(at: now))
    }
    if segment.header.control == .syn { return .answered(acknowledgment(at: now)) }
    // Fifth: the acknowledgment of our SYN, or else a reset.
    guard let acknowledged = segment.header.acknowledgment else { return .ignored }
    guard acknowledged == iss + 1 else {
      return .answered(OutgoingSegment(sequence: acknowledged, acknowledgment: nil, control: .rst))
    }
    return .opened(window: UInt32(segment.header.window) << UInt32(agreement.sendScale))
  }

  /// The connection that begins when the peer has acknowledged our SYN.
  /// - Parameter window: SND.WND.
  package func connection(window: UInt32, at now: Instant) -> Connection {
    var connection = Connection(agreement, window: window, at: now)
    if let sentAt { connection.timeout.measure(now.since(sentAt)) }
    // One lost SYN-ACK may be an accident, two are a path that carries little (RFC 6928 §2).
    if retransmissions > 1 { connection.congestion.beginSmall(mss: agreement.mss) }
    return connection
  }
}
