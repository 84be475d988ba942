package import Time
package import Wire

/// A connection that we open: from the SYN to the peer's acknowledgment of it (RFC 9293 §3.5).
///
/// It is in SYN-SENT, or in SYN-RECEIVED once the peer's own SYN has crossed ours. Like a `Connection` it only notes what
/// is to be sent; `nextSegment` makes it.
package struct Opening: Sendable {
  /// How far it is.
  enum Phase: Sendable {
    /// Nothing was heard of the peer.
    case synSent
    /// The peer opens the same connection (RFC 9293 §3.5, figure 8).
    case synReceived(HalfOpen)
  }

  /// ISS: our initial sequence number.
  package let iss: SequenceNumber
  /// What this end brings.
  let offer: HandshakeOffer
  /// How far it is.
  var phase = Phase.synSent
  /// Whether the SYN or SYN-ACK leaves with the next turn.
  var isDue = true
  /// When the SYN was sent; nil before, and once it was sent twice (RFC 6298 §3).
  private(set) var sentAt: Instant?
  /// How often a timer has expired.
  package private(set) var retransmissions: UInt8 = 0
  /// When `fire` has something to do.
  package private(set) var deadline = Instant.never

  /// How often a SYN is sent again: with the longest pause a minute, it is given up after 183 s (RFC 9293 §3.8.3 asks
  /// for three minutes).
  package static let mostRetransmissions: UInt8 = 7

  /// A connection to be opened.
  /// - Parameters:
  ///   - iss: our initial sequence number.
  ///   - offer: what this end brings.
  package init(iss: SequenceNumber, offer: HandshakeOffer) {
    self.iss = iss
    self.offer = offer
  }

  /// What is to be sent now: a SYN, or a SYN-ACK where the peer's SYN has crossed it.
  package mutating func nextSegment(at now: Instant) -> OutgoingSegment? {
    guard isDue else { return nil }
    isDue = false
    // The clock begins to run when the SYN leaves, however long the peer's hardware address was looked for.
    if deadline == .never {
      sentAt = retransmissions == 0 ? now : nil
      deadline = now + pause
    }
    switch phase {
    case .synSent:
      var syn = OutgoingSegment(
        sequence: iss, acknowledgment: nil, control: .syn, window: offer.handshakeWindow,
        options: .handshake(offer.synOptions(iss: iss, at: now)))
      if asksForECN { syn.congestion = .asking }
      return syn
    case .synReceived(let half): return half.answer
    }
  }

  /// Whether the SYN asks to speak of congestion. One that is sent again does not: there are paths that lose those that do
  /// (RFC 3168 §6.1.1.1).
  var asksForECN: Bool { offer.hasECN && retransmissions == 0 }

  /// How long the answer is waited for.
  private var pause: Interval {
    min(RetransmissionTimeout.initial * (1 << UInt64(retransmissions)), RetransmissionTimeout.highest)
  }

  /// The timer has expired, perhaps.
  /// - Returns: whether all patience is over.
  package mutating func fire(at now: Instant) -> Bool {
    guard deadline <= now else { return false }
    guard retransmissions < Opening.mostRetransmissions else { return true }
    retransmissions += 1
    deadline = .never
    isDue = true
    if case .synReceived(var half) = phase {
      half.forgetTime()
      phase = .synReceived(half)
    }
    return false
  }
}
