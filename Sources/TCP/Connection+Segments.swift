import Time
import Wire

/// How segments are made, and what is noted when they leave.
extension Connection {
  /// A segment of text that begins at `sequence`.
  mutating func makeSegment(
    from sequence: SequenceNumber, count: Int, carriesFin: Bool, at now: Instant
  ) -> OutgoingSegment {
    var segment = OutgoingSegment(sequence: sequence, acknowledgment: rcv.nxt, window: windowField())
    segment.control = carriesFin ? .fin : .none
    segment.textOffset = sequence.distance(from: snd.una)
    segment.textCount = count
    segment.segmentSize = Int(snd.mss)
    segment.isPush = count > 0 && segment.textOffset + count == Int(queue.byteCount)
    segment.isRetransmission = sequence < snd.max
    if segment.isRetransmission { retransmissions &+= 1 }
    if timestamps != nil { segment.options = .segment(SegmentOptions(timestamps: tellClocks(at: now))) }
    writeNotices(on: &segment)
    obligation = .none
    lastSent = now
    return segment
  }

  /// Calls `body` with each piece of a segment's text, in order. The connection is not changed.
  @inline(__always)
  package mutating func forEachPiece(of segment: OutgoingSegment, _ body: (TextPiece) -> Void) {
    guard segment.textCount > 0 else { return }
    queue.forEachPiece(at: segment.textOffset, count: segment.textCount) { piece in
      body(piece)
      return true
    }
  }

  /// An acknowledgment alone, if one is due and nothing carried it.
  mutating func pureAcknowledgment(at now: Instant) -> OutgoingSegment? {
    switch obligation {
    case .none: return nil
    case .delayed(let until): guard until <= now else { return nil }
    case .due: break
    }
    obligation = .none
    var segment = OutgoingSegment(sequence: acceptableSequence, acknowledgment: rcv.nxt, window: windowField())
    writeNotices(on: &segment)
    let clocks = tellClocks(at: now)
    if isReporting {
      segment.options = .segment(SegmentOptions(timestamps: clocks, selective: rcv.ahead.report(rcv.twice)))
      rcv.twice = nil
    } else if let clocks {
      segment.options = .segment(SegmentOptions(timestamps: clocks))
    }
    return segment
  }

  /// The clocks for a segment that acknowledges RCV.NXT (RFC 7323 §3.2, §4.3).
  private mutating func tellClocks(at now: Instant) -> Timestamps? {
    guard let recent = timestamps?.recent else { return nil }
    timestamps?.lastAcknowledged = rcv.nxt
    return Timestamps(value: TimestampState.clock(snd.iss, at: now), echo: recent)
  }

  /// Whether the peer is to be told of text beyond its acknowledgment. Only a segment without text does that: with text it
  /// could become too long for the path.
  var isReporting: Bool { isSelective && (!rcv.ahead.isEmpty || rcv.twice != nil) }

  /// The number of a segment without text: the highest that the peer, which may have refused a probe, surely accepts. A
  /// number beyond its window would have it ignore the acknowledgment and answer with one, for ever.
  var acceptableSequence: SequenceNumber {
    let edge = snd.una + snd.wnd + (isFinSent ? 1 : 0)
    return snd.max > edge ? edge : snd.max
  }

  /// RCV.WND as the header carries it; its right edge never moves back (RFC 9293 §3.8.6.2.2).
  @inline(__always)
  private mutating func windowField() -> UInt16 {
    let edge = rcv.freeEdge
    // Silly window avoidance: the edge moves by a good part of the whole or not at all.
    if edge.distance(from: rcv.edge) >= Int(rcv.capacity / 4) { rcv.edge = edge }
    return rcv.windowField(of: rcv.wnd)
  }

  /// Numbers have left that continue what is in flight: moves SND.NXT, sets the timer.
  @inline(__always)
  mutating func noteSent(_ count: UInt32, _ ranges: inout SentRanges, at now: Instant) {
    var range = SentRange(first: snd.nxt, end: snd.nxt + count, sentAt: now)
    if flight.isEmpty { waitingSince = now }
    // The byte of a probe may have arrived, or not.
    if snd.nxt < snd.max { range.marks = .repeated }
    flight.append(range, &ranges)
    snd.nxt = range.end
    snd.max = SequenceNumber.max(snd.max, range.end)
    congestion.noteSent(una: snd.una, nxt: snd.nxt)
    if recovery.isReducing, recovery.reduction.noteNew(count) { recovery.point = snd.max }
    switch timer {
    case .off, .tailProbe, .probe, .keepAlive: setTimer(at: now)
    case .retransmission, .reordering: break
    }
  }

  /// Numbers have left once more.
  mutating func noteRepeated(_ count: UInt32) {
    guard recovery.phase != .none else { return }
    recovery.repeated &+= count
    recovery.reduction.noteSent(count)
  }

  /// Sets the timer for what is in flight (RFC 6298 §5.1 to §5.3, RFC 8985 §7.2).
  mutating func setTimer(at now: Instant) {
    if isAwaiting {
      timer = canProbeTail ? .tailProbe(at: probeTime(at: now)) : .retransmission(at: now + timeout.interval)
    } else {
      timer = .off
    }
  }

  /// Text waits for the peer's window and nothing is in flight that could bring news: the window is to be probed
  /// (RFC 9293 §3.8.6.1). Text that waits for more text of the application is woken by that.
  mutating func holdBack(at now: Instant) {
    guard timer.isIdle, !isWaitingForText || snd.wnd < UInt32(snd.mss) else { return }
    if snd.flight == 0 { waitingSince = now }
    timer = .probe(at: now + timeout.interval)
  }

  /// One byte into a closed window, or what fits one that is too small to be worth a segment (§3.8.6.1, §3.8.6.2.1).
  mutating func probe(_ ranges: inout SentRanges, at now: Instant) -> OutgoingSegment? {
    if case .keepAlive = timer { return keepAliveProbe(at: now) }
    guard !queue.isEmpty, flight.isEmpty || snd.wnd == 0 else { return nil }
    let wanted = Int(min(max(snd.wnd, 1), UInt32(snd.mss), UInt32(clamping: queue.byteCount)))
    let count = queue.frameCount(at: 0, upTo: wanted)
    let carriesFin = isFinished && count == Int(queue.byteCount) && snd.wnd > 0
    var segment = makeSegment(from: snd.una, count: count, carriesFin: carriesFin, at: now)
    if snd.wnd > 0 {
      noteSent(UInt32(count) + (carriesFin ? 1 : 0), &ranges, at: now)
    } else {
      // The byte is not in flight: the peer need not take it, and what follows begins with it. If it was before, it is not known
      // any more which copy is acknowledged (RFC 6298 §3).
      flight.markFirstRepeated(&ranges)
      snd.max = SequenceNumber.max(snd.max, snd.una + UInt32(count))
      segment.isPush = false
    }
    return segment
  }

  /// After a silence longer than the time-out the window says less of the path (RFC 2861 §2).
  @inline(__always)
  mutating func restartAfterIdle(at now: Instant) {
    // No time-out is shorter than the lowest, and to compute it for every answer is the dearer question.
    guard snd.flight == 0, now.since(lastSent) > RetransmissionTimeout.lowest, now.since(lastSent) > timeout.interval
    else { return }
    congestion.restart(idle: now.since(lastSent), timeout: timeout.interval, mss: snd.mss)
  }
}
