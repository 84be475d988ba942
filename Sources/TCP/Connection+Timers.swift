package import Time
import Wire

/// What time brings.
extension Connection {
  /// How often text is sent again without an answer before the connection is given up (RFC 9293 §3.8.3, R2).
  package static let mostExpirations: UInt8 = 12

  /// Handles everything that is due; `nextSegment` then has the consequences.
  /// - Returns: how the connection ended, if it has.
  package mutating func fire(at now: Instant) -> Ending? {
    guard !hasEnded else { return nil }
    if case .delayed(let until) = obligation, until <= now { obligation = .due }
    if lingerDeadline <= now {
      lingerDeadline = .never
      state = .closed
      return .timedOut
    }
    guard timer.deadline <= now else { return nil }
    unanswered = min(unanswered + 1, 250)
    if unanswered > Connection.mostExpirations {
      state = .closed
      return .timedOut
    }
    switch timer {
    case .off: break
    case .retransmission: retransmissionTimedOut(at: now)
    case .probe:
      timeout.backOff()
      probeIsDue(at: now)
    }
    return nil
  }

  /// The oldest text in flight was not acknowledged in time: everything in flight is taken for lost (RFC 6298 §5.4 to
  /// §5.6, RFC 5681 §3.1).
  private mutating func retransmissionTimedOut(at now: Instant) {
    timeout.backOff()
    congestion.timedOut(flight: snd.flight, mss: snd.mss, isFirst: recovery.ignoreUpTo == nil)
    recovery = Recovery()
    recovery.ignoreUpTo = snd.max
    sample = nil
    snd.nxt = snd.una
    timer = .off
    // A peer that has taken its window back, or most of it, is sent what fits and only takes probes.
    if snd.wnd < UInt32(snd.mss), queue.byteCount > UInt64(snd.wnd) { probeIsDue(at: now) }
  }

  /// Sends one byte into the closed window to learn whether it is open again (RFC 9293 §3.8.6.1).
  private mutating func probeIsDue(at now: Instant) {
    isProbeDue = true
    timer = .probe(at: now + timeout.interval)
  }
}
