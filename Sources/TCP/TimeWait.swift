package import Time
package import Wire

/// A connection in TIME-WAIT: the little that must be remembered after both sides have closed, so that a FIN that is sent
/// again gets its answer and old segments do not enter a new connection (RFC 9293 §3.6.1).
package struct TimeWait: Sendable {
  /// SND.NXT: the number behind our FIN.
  package let snd: SequenceNumber
  /// RCV.NXT: the number behind the peer's FIN.
  package let rcv: SequenceNumber
  /// The window that an acknowledgment offers, as it stands in the header.
  let window: UInt16
  /// ISS, where our clock begins, and the peer's clock as it was seen last; nil where the ends did not speak of clocks.
  let clocks: Clocks?
  /// When it may be forgotten.
  package private(set) var expiry: Instant

  /// Twice the maximum segment lifetime. The RFC's two minutes each are a guess of 1981; 60 s in all is what hosts use.
  package static let duration = Interval.seconds(60)

  /// What remains of the clocks of a connection.
  struct Clocks: Equatable, Sendable {
    /// ISS.
    let iss: SequenceNumber
    /// TS.Recent.
    let recent: UInt32
  }

  /// What is left of a connection.
  package init(
    snd: SequenceNumber, rcv: SequenceNumber, window: UInt16 = UInt16(ReceiveSpace.usualCapacity), expiry: Instant
  ) {
    self.init(snd: snd, rcv: rcv, window: window, clocks: nil, expiry: expiry)
  }

  /// What is left of a connection with clocks.
  init(snd: SequenceNumber, rcv: SequenceNumber, window: UInt16, clocks: Clocks?, expiry: Instant) {
    self.clocks = clocks
    self.snd = snd
    self.rcv = rcv
    self.window = window
    self.expiry = expiry
  }

  /// What a segment for a connection in TIME-WAIT calls for.
  package enum Outcome: Equatable, Sendable {
    /// Nothing.
    case ignored
    /// An acknowledgment.
    case answered(OutgoingSegment)
    /// A new connection between the same ends: its ISS must lie beyond this number.
    case reopened(beyond: SequenceNumber)
  }

  /// SEGMENT ARRIVES in TIME-WAIT (RFC 9293 §3.10.7.4).
  package mutating func segmentArrives(_ segment: Segment, at now: Instant) -> Outcome {
    switch segment.header.control {
    // A reset must not cut the wait short (RFC 1337 §3, fix F1).
    case .rst: return .ignored
    case .syn where segment.header.acknowledgment == nil && isNewer(segment):
      // A newer SYN may take the place at once (RFC 9293 §3.6.1, MAY-2; RFC 6191 §2).
      return .reopened(beyond: snd)
    // The peer's own FIN once more; any other may be a stranger's.
    case .fin where segment.end == rcv: expiry = now + TimeWait.duration
    // An acknowledgment is not answered: the peer has closed too, and would answer in turn.
    case .none where segment.textCount == 0: return .ignored
    case .none where segment.header.acknowledgment == nil: return .ignored
    case .syn, .fin, .none: break
    }
    let options = clocks.map { clocks in
      let value = TimestampState.clock(clocks.iss, at: now)
      return TCPOptions.segment(SegmentOptions(timestamps: Timestamps(value: value, echo: clocks.recent)))
    }
    return .answered(OutgoingSegment(sequence: snd, acknowledgment: rcv, window: window, options: options ?? .none))
  }

  /// Whether a SYN is of a later connection: its number, or its clock, is beyond what was seen.
  private func isNewer(_ syn: Segment) -> Bool {
    if syn.sequence > rcv { return true }
    guard let clocks, let told = syn.timestamps else { return false }
    return Int32(bitPattern: told.value &- clocks.recent) > 0
  }
}
