package import Time
import Wire

/// What the application asks of a connection (RFC 9293 §3.10: SEND, CLOSE, ABORT).
extension Connection {
  /// SEND: appends text.
  /// - Returns: false, with nothing appended, when the queue has no room, or after `finish`.
  @inline(__always)
  package mutating func append(_ run: TextRun) -> Bool {
    guard !isFinished, state == .established || state == .closeWait else { return false }
    return queue.append(run)
  }

  /// Whether more text could soon be sent: less is queued than twice what both windows allow in flight.
  @inline(__always)
  package var wantsText: Bool { queue.byteCount < 2 * flightLimit }

  /// Bytes that both windows allow in flight, at least a segment.
  package var flightLimit: UInt64 { UInt64(min(congestion.window, max(snd.wnd, UInt32(snd.mss)))) }

  /// CLOSE: nothing is appended any more; the FIN rides on the last text.
  /// - Returns: whether our side was open.
  @discardableResult
  package mutating func finish(at now: Instant) -> Bool {
    guard !isFinished else { return false }
    switch state {
    case .established: state = .finWait1
    case .closeWait: state = .lastAck
    case .finWait1, .finWait2, .closing, .lastAck, .timeWait, .closed: return false
    }
    isFinished = true
    expectsMoreText = false
    lingerDeadline = now + Connection.longestDeparture
    return true
  }

  /// The next `fire` ends it, whatever comes before.
  package mutating func giveUp(at now: Instant) {
    lingerDeadline = now
  }

  /// ABORT: the reset to be sent. The connection is gone with it.
  package mutating func abort() -> OutgoingSegment {
    state = .closed
    return OutgoingSegment(sequence: acceptableSequence, acknowledgment: rcv.nxt, control: .rst)
  }

  /// A source that is not needed any more; nil when there is none.
  @inline(__always)
  package mutating func nextReleasedSource() -> TextSource? {
    queue.nextReleased()
  }

  /// Gives up unacknowledged text; its sources come out of `nextReleasedSource`.
  package mutating func abandonText() {
    queue.abandon()
  }

  /// Forgets what is in flight: nothing is sent any more.
  package mutating func forgetFlight(_ ranges: inout SentRanges) {
    flight.removeAll(&ranges)
  }

  /// Everything that must be remembered once both sides have closed.
  package func timeWait(until expiry: Instant) -> TimeWait {
    TimeWait(
      snd: snd.nxt, rcv: rcv.nxt, window: rcv.windowField(of: rcv.capacity),
      clocks: timestamps.map { TimeWait.Clocks(iss: snd.iss, recent: $0.recent) }, expiry: expiry)
  }

  /// The earliest moment at which `fire` has something to do.
  @inline(__always)
  package var nextDeadline: Instant {
    guard !hasEnded else { return .never }
    var deadline = min(min(timer.deadline, pacing.deadline), min(applicationDeadline, lingerDeadline))
    if case .delayed(let until) = obligation { deadline = min(deadline, until) }
    return deadline
  }
}
