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
    noteSent(sequence, count: UInt32(count) + (carriesFin ? 1 : 0), isNew: !segment.isRetransmission, at: now)
    obligation = .none
    return segment
  }

  /// An acknowledgment alone, if one is due and nothing carried it.
  mutating func pureAcknowledgment(at now: Instant) -> OutgoingSegment? {
    switch obligation {
    case .none: return nil
    case .delayed(let until): guard until <= now else { return nil }
    case .due: break
    }
    obligation = .none
    return OutgoingSegment(sequence: acceptableSequence, acknowledgment: rcv.nxt, window: windowField())
  }

  /// The number of a segment without text: the highest that the peer, which may have refused a probe, surely accepts. A
  /// number beyond its window would have it ignore the acknowledgment and answer with one, for ever.
  var acceptableSequence: SequenceNumber {
    let edge = snd.una + snd.wnd + (isFinSent ? 1 : 0)
    return snd.max > edge ? edge : snd.max
  }

  /// RCV.WND as the header carries it; its right edge never moves back (RFC 9293 §3.8.6.2.2).
  private mutating func windowField() -> UInt16 {
    let edge = rcv.freeEdge
    // Silly window avoidance: the edge moves by a good part of the whole or not at all.
    if edge.distance(from: rcv.edge) >= Int(ReceiveSpace.capacity / 4) { rcv.edge = edge }
    return UInt16(truncatingIfNeeded: min(rcv.wnd, 0xFFFF))
  }

  /// Numbers have left: moves SND.NXT, begins a measurement, sets the timer.
  private mutating func noteSent(_ sequence: SequenceNumber, count: UInt32, isNew: Bool, at now: Instant) {
    let end = sequence + count
    if isNew {
      if sample == nil { sample = RoundTripSample(end: end, sentAt: now) }
    } else if let running = sample, sequence < running.end {
      sample = nil
    }
    if sequence == snd.nxt { snd.nxt = end }
    snd.max = SequenceNumber.max(snd.max, end)
    lastSent = now
    armTimer(at: now)
  }

  /// Sets the retransmission timer unless one runs or no acknowledgment is to be expected (RFC 6298 §5.1, §5.3).
  mutating func armTimer(at now: Instant) {
    guard snd.isAwaiting, timer == .off else { return }
    timer = .retransmission(at: now + timeout.interval)
  }

  /// Text waits for the peer's window and nothing is in flight that could bring news: the window is to be probed
  /// (RFC 9293 §3.8.6.1). Text that waits for more text of the application is woken by that.
  mutating func holdBack(at now: Instant) {
    guard timer == .off, !isWaitingForText || snd.wnd < UInt32(snd.mss) else { return }
    timer = .probe(at: now + timeout.interval)
  }

  /// One byte into a closed window, or what fits one that is too small to be worth a segment (§3.8.6.1, §3.8.6.2.1).
  mutating func probe(at now: Instant) -> OutgoingSegment? {
    guard !queue.isEmpty else { return nil }
    let wanted = Int(min(max(snd.wnd, 1), UInt32(snd.mss), UInt32(clamping: queue.byteCount)))
    let count = queue.frameCount(at: 0, upTo: wanted)
    let carriesFin = isFinished && count == Int(queue.byteCount)
    var segment = makeSegment(from: snd.una, count: count, carriesFin: carriesFin && snd.wnd > 0, at: now)
    if snd.wnd == 0 {
      // The byte is not in flight: the peer need not take it, and what follows begins with it.
      snd.nxt = snd.una
      segment.isPush = false
    }
    return segment
  }

  /// After a silence longer than the time-out the window says nothing of the path any more (RFC 5681 §4.1).
  mutating func restartAfterIdle(at now: Instant) {
    guard snd.flight == 0, now.since(lastSent) > timeout.interval else { return }
    congestion.restart(mss: snd.mss)
  }
}
