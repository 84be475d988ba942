package import Time
import Wire

/// A transmission control block in a synchronized state: from ESTABLISHED to the last acknowledgment (RFC 9293 §3.3).
///
/// It holds numbers only. Text that arrives stays in its frame, text to be sent stays where it lies. A connection answers
/// three questions: what does this segment change (`segmentArrives`), what is to be sent now (`nextSegment`), and what has
/// time brought (`fire`). Before it there is a `HalfOpen`, after it a `TimeWait`.
package struct Connection: Sendable {
  /// The state (RFC 9293 §3.3.2).
  package internal(set) var state: ConnectionState
  /// The send sequence variables.
  package internal(set) var snd: SendSpace
  /// The receive sequence variables.
  package internal(set) var rcv: ReceiveSpace
  /// The text to be sent, by reference.
  package internal(set) var queue = SendQueue()
  /// Whether the application has no more text to send.
  package internal(set) var isFinished = false
  /// Whether the application will append text soon: until it does, only full segments leave.
  package var expectsMoreText = false
  /// Whether an acknowledgment waits for text to ride on; if not, it leaves at once (the `--merge off` of the product).
  package var mergesAcknowledgments = true
  /// How large segments may be for their path.
  var path: PathSize
  /// What may be in flight.
  package internal(set) var congestion: CongestionControl
  /// When what may be in flight leaves.
  var pacing = Pacing()
  /// How long to wait for an acknowledgment.
  package internal(set) var timeout: RetransmissionTimeout
  /// What is owed to the peer.
  package internal(set) var obligation = Obligation.none
  /// When a silent peer is asked whether it is still there; nil for never.
  package var keepAlive: KeepAlive?
  /// Before this, nothing is answered that could be the answer to an answer of ours.
  var nextChallenge = Instant.epoch
  /// What is in flight.
  package internal(set) var flight = Flight()
  /// What left last among what has arrived.
  var rack: Rack
  /// Lost text that is being sent again.
  package internal(set) var recovery: Recovery
  /// Whether both ends tell what they hold ahead of a gap (RFC 2018 §2).
  package let isSelective: Bool
  /// When unacknowledged text is sent again, or a closed window probed.
  package internal(set) var timer = SendTimer.off
  /// Whether the next turn probes the peer's window, or whether it is still there.
  var isProbeDue = false
  /// What there is to tell of congestion.
  var notices: CongestionNotices
  /// How many questions were not answered.
  var unanswered: UInt8 = 0
  /// Segments, or frames of several, that were sent again.
  package internal(set) var retransmissions: UInt32 = 0
  /// Since when text has waited in vain: when it began to wait, when some was acknowledged, or when the peer's window opened.
  var waitingSince: Instant
  /// The clocks that both ends tell each other; nil where they do not.
  package internal(set) var timestamps: TimestampState?
  /// When the application wants to be woken.
  package var applicationDeadline = Instant.never
  /// When a connection that we have closed is given up, unless the peer takes more of what is left, or closes.
  package internal(set) var lingerDeadline = Instant.never
  /// When the last segment was sent.
  var lastSent: Instant

  /// A connection whose handshake is complete: both SYNs are acknowledged.
  /// - Parameter window: SND.WND.
  package init(_ agreement: HandshakeAgreement, window: UInt32, at now: Instant) {
    self.state = .established
    self.snd = SendSpace(agreement, window: window)
    self.rcv = ReceiveSpace(agreement)
    self.congestion = CongestionControl(agreement.congestion, mss: agreement.mss, una: snd.una)
    self.rack = Rack(una: snd.una)
    self.recovery = Recovery(una: snd.una)
    self.isSelective = agreement.isSelective
    self.notices = agreement.hasECN ? .isAgreed : []
    self.timestamps = agreement.peerClock.map {
      TimestampState(recent: $0, lastAcknowledged: agreement.irs + 1, at: now)
    }
    self.path = PathSize(agreed: agreement.mss)
    self.timeout = RetransmissionTimeout()
    self.lastSent = now
    self.waitingSince = now
  }

  /// A block that is no connection yet: it takes and sends nothing.
  package static func vacant(_ offer: HandshakeOffer, at now: Instant) -> Connection {
    let zero = SequenceNumber(0)
    var vacant = Connection(
      HandshakeAgreement(offer, peer: HandshakeOptions(), iss: zero, irs: zero), window: 0, at: now)
    vacant.state = .closed
    return vacant
  }

  /// Whether a partial segment waits for announced text. Text for which the queue has no room cannot be waited for.
  var isWaitingForText: Bool { expectsMoreText && queue.room > 0 }

  /// Whether the block is only there to be taken apart.
  package var hasEnded: Bool { state == .timeWait || state == .closed }

  /// Whether our FIN was ever sent and is not acknowledged: the one number beyond the text.
  var isFinSent: Bool { UInt64(snd.flight) > queue.byteCount }

  /// Whether the peer has acknowledged our FIN.
  package var isFinAcknowledged: Bool {
    state == .finWait2 || state == .timeWait || state == .closed
  }
}

/// The synchronized states (RFC 9293 §3.3.2), and the two with which a connection leaves its block.
package enum ConnectionState: Sendable {
  /// Both ends may send.
  case established
  /// We have closed; our FIN is not acknowledged.
  case finWait1
  /// We have closed; our FIN is acknowledged.
  case finWait2
  /// Both have closed at once; our FIN is not acknowledged.
  case closing
  /// The peer has closed, we have not.
  case closeWait
  /// The peer has closed, then we; our FIN is not acknowledged.
  case lastAck
  /// Both have closed and we know it: what remains to be remembered fits a `TimeWait`.
  case timeWait
  /// Gone.
  case closed
}

/// The one timer of the sending side: it waits for an acknowledgment, or probes a closed window or a silent peer.
package enum SendTimer: Equatable, Sendable {
  /// Nothing is in flight and nothing is held back.
  case off
  /// Text or a FIN is in flight (RFC 6298 §5).
  case retransmission(at: Instant)
  /// The same; but first the tail of it is to be sent once more (RFC 8985 §7).
  case tailProbe(at: Instant)
  /// The same; but first text that was overtaken will be taken for lost (RFC 8985 §6.2, step 5).
  case reordering(at: Instant)
  /// Text waits for a window that is closed (RFC 9293 §3.8.6.1).
  case probe(at: Instant)
  /// Nothing is in flight and nothing is held back; but the peer is to say that it is there (RFC 9293 §3.8.4).
  case keepAlive(at: Instant)

  /// Whether nothing is in flight and nothing is held back.
  @inline(__always)
  package var isIdle: Bool {
    switch self {
    case .off, .keepAlive: true
    case .retransmission, .tailProbe, .reordering, .probe: false
    }
  }

  /// When it expires.
  package var deadline: Instant {
    switch self {
    case .off: .never
    case .retransmission(let instant), .tailProbe(let instant), .reordering(let instant), .probe(let instant),
      .keepAlive(let instant):
      instant
    }
  }
}
