package import Time
package import Wire

/// A connection in SYN-RECEIVED: what has to be remembered between a SYN and the acknowledgment of our SYN-ACK.
package struct HalfOpen: Sendable {
  /// What the connection will begin with.
  package let agreement: HandshakeAgreement
  /// What our SYN-ACK offers.
  package let options: HandshakeOptions
  /// The window that our SYN-ACK offers.
  let window: UInt16
  /// When the SYN-ACK was sent; nil once it was sent twice, for then nobody knows which one is answered (RFC 6298 §3).
  package private(set) var sentAt: Instant?
  /// How often it was sent again.
  package private(set) var retransmissions: UInt8 = 0
  /// When it is sent again.
  package private(set) var deadline: Instant

  /// How often the SYN-ACK is sent again before the half-open connection is forgotten (Linux: `tcp_synack_retries`).
  package static let mostRetransmissions: UInt8 = 5

  /// Answers a SYN (RFC 9293 §3.10.7.2).
  /// - Parameters:
  ///   - syn: the segment; its text, if it has any, will be sent again by the peer.
  ///   - iss: our initial sequence number.
  ///   - offer: what this end brings.
  ///   - now: when the SYN arrived.
  package init(answering syn: Segment, iss: SequenceNumber, offer: HandshakeOffer, at now: Instant) {
    let peer = syn.header.handshakeOptions
    let asksForECN = syn.header.congestion == .asking
    self.agreement = HandshakeAgreement(
      offer, peer: peer, iss: iss, irs: syn.sequence, hasECN: offer.hasECN && asksForECN)
    self.options = offer.answer(to: peer, iss: iss, at: now)
    self.window = offer.handshakeWindow
    self.sentAt = now
    self.deadline = now + RetransmissionTimeout.initial
  }

  /// IRS: the number of the peer's SYN.
  package var irs: SequenceNumber { agreement.irs }

  /// ISS: the number of ours.
  package var iss: SequenceNumber { agreement.iss }

  /// The SYN-ACK.
  package var answer: OutgoingSegment {
    var answer = OutgoingSegment(
      sequence: iss, acknowledgment: irs + 1, control: .syn, window: window, options: .handshake(options))
    if agreement.hasECN { answer.congestion = .agreeing }
    return answer
  }

  /// An acknowledgment of the peer's SYN alone.
  func acknowledgment(at now: Instant) -> OutgoingSegment {
    let field = UInt16(truncatingIfNeeded: min(agreement.receiveCapacity >> UInt32(agreement.receiveScale), 0xFFFF))
    let clocks = agreement.peerClock.map { Timestamps(value: TimestampState.clock(iss, at: now), echo: $0) }
    return OutgoingSegment(
      sequence: iss + 1, acknowledgment: irs + 1, window: field,
      options: clocks.map { .segment(SegmentOptions(timestamps: $0)) } ?? .none)
  }

  /// The SYN has come again: the SYN-ACK once more.
  mutating func answerAgain() -> OutgoingSegment {
    forgetTime()
    return answer
  }

  /// The SYN-ACK is sent more than once: whatever comes may answer either.
  mutating func forgetTime() {
    sentAt = nil
  }

  /// The timer has expired.
  /// - Returns: whether the SYN-ACK is to be sent again; if not, the half-open connection is to be forgotten.
  package mutating func fire(at now: Instant) -> Bool {
    guard retransmissions < HalfOpen.mostRetransmissions else { return false }
    forgetTime()
    retransmissions += 1
    deadline = now + RetransmissionTimeout.initial * (1 << UInt64(retransmissions))
    return true
  }
}
