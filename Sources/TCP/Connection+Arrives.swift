package import Time
import Wire

/// SEGMENT ARRIVES in the synchronized states, in the order of RFC 9293 §3.10.7.4, one function a step.
extension Connection {
  /// Takes in a segment.
  /// - Parameters:
  ///   - canKeepText: whether there is memory for text that the application cannot take at once.
  ///   - ranges: where what is in flight is remembered.
  package mutating func segmentArrives(
    _ segment: Segment, canKeepText: Bool = true, _ ranges: inout SentRanges, at now: Instant
  ) -> Arrival {
    var arrival = Arrival()
    guard checkSequence(segment, &arrival, at: now),
      checkReset(segment, &arrival, at: now),
      checkSynchronize(segment, &arrival, at: now),
      checkAcknowledgment(segment, &arrival, &ranges, at: now)
    else { return arrival }
    // Only now: a stranger's guess would have everything of the peer's taken for old (RFC 5961 §5).
    if let clocks = segment.timestamps { timestamps?.take(clocks.value, of: segment.sequence, at: now) }
    if !notices.isEmpty { takeMarks(segment) }
    processText(segment, canKeepText: canKeepText, &arrival, at: now)
    processFinish(segment, &arrival, at: now)
    return arrival
  }

  /// First: is any of it inside the window (§3.10.7.4, Table 6)? If not it is answered with an acknowledgment, unless it
  /// is a reset.
  @inline(__always)
  private mutating func checkSequence(_ segment: Segment, _ arrival: inout Arrival, at now: Instant) -> Bool {
    if isInTime(segment, at: now), isAcceptable(segment) { return true }
    if segment.header.control != .rst {
      // Text or a FIN that comes again misses its acknowledgment; what is empty may be one itself.
      if segment.length > 0, segment.header.control != .syn {
        let end = segment.sequence + UInt32(truncatingIfNeeded: segment.textCount)
        if end <= rcv.nxt { noteTwice(SelectiveBlock(left: segment.sequence, right: end)) }
        obligation = .due
      } else {
        // A peer that asks whether we are still there is no stranger: nobody else's segments may keep it from an answer.
        challenge(&arrival, isSuspicious: segment.header.control == .syn, at: now)
      }
    }
    return false
  }

  /// Whether a segment is none of those that were sent before what has arrived (RFC 7323 §5.3). A reset may be, and so may
  /// one without a clock: that a device on the way has taken it out is no reason to lose the connection.
  private mutating func isInTime(_ segment: Segment, at now: Instant) -> Bool {
    guard let timestamps, let clocks = segment.timestamps, segment.header.control != .rst else { return true }
    return !timestamps.isOld(clocks.value, at: now)
  }

  /// An acknowledgment that asks the peer to make itself clear, no more often than Linux sends them: two ends that each
  /// find the other's acknowledgments unacceptable would else never stop (RFC 5961 §7).
  /// - Parameter isSuspicious: whether it counts against the host's limit, since the segment may be forged.
  private mutating func challenge(_ arrival: inout Arrival, isSuspicious: Bool = true, at now: Instant) {
    guard now >= nextChallenge else { return }
    nextChallenge = now + Obligation.challengePause
    arrival.isChallenged = isSuspicious && obligation == .none
    obligation = .due
  }

  /// Takes back the acknowledgment of a segment that was challenged.
  package mutating func withdrawChallenge() {
    obligation = .none
  }

  /// The four cases of the table. With a closed window what begins at RCV.NXT passes, so that its acknowledgment counts.
  @inline(__always)
  func isAcceptable(_ segment: Segment) -> Bool {
    let wnd = rcv.wnd
    if segment.length == 0 {
      return wnd == 0 ? segment.sequence == rcv.nxt : segment.sequence.isIn(rcv.nxt, count: wnd)
    }
    guard wnd > 0 else { return segment.sequence == rcv.nxt }
    return segment.sequence.isIn(rcv.nxt, count: wnd) || (segment.end - 1).isIn(rcv.nxt, count: wnd)
      || (segment.sequence <= rcv.nxt && segment.end > rcv.nxt)
  }

  /// Second: a reset ends the connection only with exactly the expected number; a guess gets a challenge
  /// (RFC 5961 §3.2).
  private mutating func checkReset(_ segment: Segment, _ arrival: inout Arrival, at now: Instant) -> Bool {
    guard segment.header.control == .rst else { return true }
    if segment.sequence == rcv.nxt {
      takeLastAcknowledgment(segment, &arrival)
      state = .closed
      arrival.ending = .reset
    } else {
      challenge(&arrival, at: now)
    }
    return false
  }

  /// What a reset acknowledges has arrived, although nobody will read the rest. The RFC does not ask for it; but Linux names
  /// RCV.NXT in the reset of a socket that is closed with text unread, and has often not acknowledged all of it before.
  private mutating func takeLastAcknowledgment(_ segment: Segment, _ arrival: inout Arrival) {
    guard let acknowledgment = segment.header.acknowledgment, acknowledgment > snd.una, acknowledgment <= snd.max
    else { return }
    let count = min(UInt64(acknowledgment.value &- snd.una.value), queue.byteCount)
    queue.acknowledge(count)
    arrival.acknowledgedCount = count
    snd.una = acknowledgment
  }

  /// Fourth (there is no security to check third): a SYN is no reason to end anything, but is answered (RFC 5961 §4.2).
  private mutating func checkSynchronize(_ segment: Segment, _ arrival: inout Arrival, at now: Instant) -> Bool {
    guard segment.header.control == .syn else { return true }
    challenge(&arrival, at: now)
    return false
  }

  /// Fifth: the acknowledgment.
  @inline(__always)
  private mutating func checkAcknowledgment(
    _ segment: Segment, _ arrival: inout Arrival, _ ranges: inout SentRanges, at now: Instant
  ) -> Bool {
    guard let acknowledgment = segment.header.acknowledgment else { return false }
    // RFC 5961 §5.2: SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.NXT, else a challenge.
    guard acknowledgment <= snd.max, acknowledgment >= snd.una - snd.largestWindow else {
      challenge(&arrival, at: now)
      return false
    }
    takeAcknowledgment(segment, acknowledgment, &arrival, &ranges, at: now)
    updateWindow(segment, acknowledgment, at: now)
    noteHeard(at: now)
    return !hasEnded
  }

  /// A duplicate in the sense of RFC 5681 §2: text in flight, no text, no control bit, same number, same window.
  @inline(__always)
  func isDuplicate(_ segment: Segment, _ acknowledgment: SequenceNumber) -> Bool {
    acknowledgment == snd.una && snd.nxt != snd.una && segment.length == 0 && window(of: segment) == snd.wnd
  }

  /// The window a segment offers, in bytes.
  func window(of segment: Segment) -> UInt32 {
    UInt32(segment.header.window) << UInt32(snd.scale)
  }

  /// SND.WND is taken from the newest segment only: an old one must not shrink it.
  @inline(__always)
  private mutating func updateWindow(_ segment: Segment, _ acknowledgment: SequenceNumber, at now: Instant) {
    let isNewer =
      snd.wl1 < segment.sequence || (snd.wl1 == segment.sequence && snd.wl2 <= acknowledgment)
    guard isNewer, acknowledgment >= snd.una else { return }
    let wasClosed = snd.wnd == 0
    snd.wnd = window(of: segment)
    snd.largestWindow = max(snd.largestWindow, snd.wnd)
    snd.wl1 = segment.sequence
    snd.wl2 = acknowledgment
    if case .probe = timer, wasClosed, snd.wnd > 0 {
      timeout.forgetBackOff()
      // The same segment may have told that what was taken for lost is in flight after all.
      setTimer(at: now)
      noteProgress(at: now)
    }
  }
}
