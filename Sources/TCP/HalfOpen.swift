package import Time
package import Wire

/// A connection in SYN-RECEIVED: what has to be remembered between a SYN and the acknowledgment of our SYN-ACK.
package struct HalfOpen: Sendable {
  /// IRS: the number of the peer's SYN.
  package let irs: SequenceNumber
  /// ISS: the number of ours.
  package let iss: SequenceNumber
  /// The most text a segment to this peer may carry.
  package let mss: UInt16
  /// By how many bits the peer's windows are shifted.
  package let sendScale: UInt8
  /// What our SYN-ACK offers.
  package let options: HandshakeOptions
  /// When the SYN-ACK was sent; nil once it was sent twice, for then nobody knows which one is answered (RFC 6298 §3).
  package private(set) var sentAt: Instant?
  /// How often it was sent again.
  package private(set) var retransmissions: UInt8 = 0
  /// When it is sent again.
  package private(set) var deadline: Instant

  /// How often the SYN-ACK is sent again before the half-open connection is forgotten (Linux: `tcp_synack_retries`).
  package static let mostRetransmissions: UInt8 = 5

  /// Text smaller than this is not worth its headers, whatever a peer announces.
  package static let smallestMSS: UInt16 = 88

  /// Answers a SYN (RFC 9293 §3.10.7.2).
  /// - Parameters:
  ///   - syn: the segment; its text, if it has any, will be sent again by the peer.
  ///   - iss: our initial sequence number.
  ///   - mss: the most text that fits a segment on our link; what is offered to the peer and never exceeded towards it.
  ///   - now: when the SYN arrived.
  package init(answering syn: Segment, iss: SequenceNumber, mss: UInt16, at now: Instant) {
    var offered = HandshakeOptions()
    if case .handshake(let options) = syn.header.options { offered = options }
    self.irs = syn.sequence
    self.iss = iss
    // A peer that says nothing takes 536 bytes (RFC 9293 §3.7.1).
    self.mss = min(mss, max(offered.maximumSegmentSize ?? 536, HalfOpen.smallestMSS))
    self.sendScale = offered.windowScale ?? 0
    self.options = HandshakeOptions(
      maximumSegmentSize: mss, windowScale: offered.windowScale == nil ? nil : 0,
      selectiveAcknowledgments: offered.selectiveAcknowledgments)
    self.sentAt = now
    self.deadline = now + RetransmissionTimeout.initial
  }

  /// The SYN-ACK.
  package var answer: OutgoingSegment {
    OutgoingSegment(
      sequence: iss, acknowledgment: irs + 1, control: .syn, window: UInt16(ReceiveSpace.capacity),
      options: .handshake(options))
  }

  /// The SYN has come again: the SYN-ACK once more.
  mutating func answerAgain() -> OutgoingSegment {
    sentAt = nil
    return answer
  }

  /// The timer has expired.
  /// - Returns: whether the SYN-ACK is to be sent again; if not, the half-open connection is to be forgotten.
  package mutating func fire(at now: Instant) -> Bool {
    guard retransmissions < HalfOpen.mostRetransmissions else { return false }
    sentAt = nil
    retransmissions += 1
    deadline = now + RetransmissionTimeout.initial * (1 << UInt64(retransmissions))
    return true
  }
}
