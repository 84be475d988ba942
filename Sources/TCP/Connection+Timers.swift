package import Time
import Wire

/// What time brings.
extension Connection {
  /// The usual user time-out (RFC 9293 §3.9.1: "the present global default is five minutes").
  package static let userTimeout = Interval.seconds(300)

  /// How long a connection that we have closed keeps what is left of its text, FIN included, for a peer that takes none of it:
  /// the least that R2 may be (RFC 9293 §3.8.3; Linux: `tcp_orphan_retries`).
  package static let longestDeparture = Interval.seconds(100)

  /// The peer has taken more of our text, or is ready to. One that was given up stays so.
  @inline(__always)
  mutating func noteProgress(at now: Instant) {
    waitingSince = now
    if isFinished, lingerDeadline > now { lingerDeadline = now + Connection.longestDeparture }
  }

  /// Handles everything that is due; `nextSegment` then has the consequences.
  /// - Parameters:
  ///   - ranges: where what is in flight is remembered.
  ///   - userTimeout: how long text may wait in vain, unacknowledged or before a closed window, until the connection is
  ///     given up at the next time-out (RFC 9293 §3.8.3, R2). What the peer says meanwhile makes no difference (RFC 6429).
  /// - Returns: how the connection ended, if it has.
  package mutating func fire(
    _ ranges: inout SentRanges, userTimeout: Interval = Connection.userTimeout, at now: Instant
  ) -> Ending? {
    guard !hasEnded else { return nil }
    if case .delayed(let until) = obligation, until <= now { obligation = .due }
    pacing.fire(at: now)
    if lingerDeadline <= now {
      lingerDeadline = .never
      state = .closed
      return .timedOut
    }
    guard timer.deadline <= now else { return nil }
    switch timer {
    case .off: break
    case .keepAlive:
      if keepAliveIsDue(at: now) {
        state = .closed
        return .timedOut
      }
    case .reordering: reorderingIsOver(&ranges, at: now)
    case .tailProbe:
      recovery.flags.insert(.isProbeDue)
      timer = .retransmission(at: now + timeout.interval)
    case .retransmission, .probe:
      guard now.since(waitingSince) < userTimeout else {
        state = .closed
        return .timedOut
      }
      timeout.backOff()
      // A window that opened without a word while text was in flight is not probed: the text is missing.
      if case .probe = timer, snd.wnd == 0 || flight.isEmpty {
        probeIsDue(at: now)
      } else {
        retransmissionTimedOut(&ranges, at: now)
      }
    }
    return nil
  }

  /// What was overtaken has not come after all (RFC 8985 §6.2, step 5).
  private mutating func reorderingIsOver(_ ranges: inout SentRanges, at now: Instant) {
    timer = .off
    let lostBefore = flight.lost
    let wait = detectLosses(at: now, &ranges)
    if flight.lost > lostBefore, recovery.phase == .none {
      beginRepair(AcknowledgmentNews(at: now, shortest: timeout.shortest, flight: snd.flight))
    }
    if let wait { timer = .reordering(at: now + wait) } else { setTimer(at: now) }
  }

  /// The oldest text in flight was not acknowledged in time: it is taken for lost, and all that left so long ago
  /// (RFC 6298 §5.4 to §5.6, RFC 5681 §3.1, RFC 8985 §6.3).
  private mutating func retransmissionTimedOut(_ ranges: inout SentRanges, at now: Instant) {
    let isFirst = recovery.phase != .timedOut
    suspectBlackHole(at: now)
    if recovery.phase == .none { remember() }
    // A peer that holds what it does not acknowledge has changed its mind (RFC 2018 §8).
    if flight.head.marks.contains(.selected) { flight.forgetSelections(&ranges) }
    let window = rack.reorderingWindow(isUrgent: true, timeout: timeout)
    flight.markLost(olderThan: isSelective ? rack.roundTrip.interval + window : .zero, at: now, &ranges)
    recovery.duplicates = 0
    congestion.timedOut(flight: snd.flight, pipe: pipe, mss: snd.mss, isFirst: isFirst)
    recovery.begin(.timedOut, upTo: snd.max, flight: snd.flight)
    if isFirst { recovery.flags.insert(.isDoubtful) }
    timer = .off
    setTimer(at: now)
    // A peer that has taken its window back only takes probes.
    if snd.wnd == 0 { probeIsDue(at: now) }
  }

  /// Sends one byte into the closed window to learn whether it is open again (RFC 9293 §3.8.6.1).
  private mutating func probeIsDue(at now: Instant) {
    isProbeDue = true
    timer = .probe(at: now + timeout.interval)
  }
}
