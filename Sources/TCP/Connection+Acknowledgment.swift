package import Time
import Wire

/// What an acknowledgment of ours means: text arrived, a round trip took so long, the path carries more, or less.
extension Connection {
  /// SND.UNA < SEG.ACK =< SND.NXT: new text, or our FIN, has arrived.
  mutating func advance(to acknowledgment: SequenceNumber, _ arrival: inout Arrival, at now: Instant) {
    let count = acknowledgment.value &- snd.una.value
    // The only number beyond the text is the FIN's. (A long text has more bytes than there are numbers.)
    let isFinCovered = UInt64(count) > queue.byteCount
    let text = isFinCovered ? count &- 1 : count
    let flight = snd.flight
    measureRoundTrip(acknowledgment, at: now)
    // Whatever the state of recovery, bytes leave the queue once.
    queue.acknowledge(UInt64(text))
    arrival.acknowledgedCount = UInt64(text)
    snd.una = acknowledgment
    if snd.nxt < snd.una { snd.nxt = snd.una }
    grow(by: text, flight: flight)
    if isFinCovered { finAcknowledged(&arrival, at: now) }
    timer = .off
    armTimer(at: now)
  }

  /// Ends the running measurement (RFC 6298 §3); text sent twice was never measured (Karn's algorithm).
  private mutating func measureRoundTrip(_ acknowledgment: SequenceNumber, at now: Instant) {
    guard let running = sample, acknowledgment >= running.end else { return }
    timeout.measure(now.since(running.sentAt))
    sample = nil
  }

  /// Lets the window grow, or goes on with recovery (RFC 6582 §3.2).
  private mutating func grow(by text: UInt32, flight: UInt32) {
    if let last = recovery.ignoreUpTo, snd.una > last { recovery.ignoreUpTo = nil }
    guard let recover = recovery.recover else {
      recovery.duplicates = 0
      // A window that was not used has proved nothing (RFC 7661 §4.3).
      if flight &* 2 >= congestion.window { congestion.acknowledged(text, mss: snd.mss) }
      return
    }
    if snd.una >= recover {
      recovery = Recovery()
      congestion.leaveRecovery(flight: snd.flight, mss: snd.mss)
    } else {
      congestion.partiallyAcknowledged(text, mss: snd.mss)
      recovery.resendFirst = true
    }
  }

  /// A duplicate: at the third, what it asks for is taken for lost (RFC 5681 §3.2).
  mutating func duplicateArrived() {
    if recovery.duplicates == 0 { recovery.sentBefore = snd.max }
    recovery.duplicates = min(recovery.duplicates + 1, 250)
    if recovery.isActive {
      congestion.inflate(mss: snd.mss)
      return
    }
    guard recovery.duplicates == Recovery.threshold, recovery.ignoreUpTo == nil else { return }
    congestion.enterRecovery(flight: recovery.sentBefore.value &- snd.una.value, mss: snd.mss)
    recovery.recover = snd.max
    recovery.resendFirst = true
    sample = nil
  }

  /// Our FIN has arrived (RFC 9293 §3.10.7.4, the states of the fifth step).
  private mutating func finAcknowledged(_ arrival: inout Arrival, at now: Instant) {
    switch state {
    case .finWait1:
      state = .finWait2
      lingerDeadline = now + Connection.longestLinger
    case .closing:
      state = .timeWait
      arrival.ending = .timeWait
    case .lastAck:
      state = .closed
      arrival.ending = .closed
    case .established, .finWait2, .closeWait, .timeWait, .closed: break
    }
  }

  /// How long a connection that we have closed waits for the peer to close. The RFC sets no bound; without one, a peer
  /// that went away would hold a block for ever.
  package static let longestLinger = Interval.seconds(60)
}
