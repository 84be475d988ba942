package import Time
import Wire

/// What leaves next. This is the only place where segments are made, so that whatever is owed rides on whatever leaves.
extension Connection {
  /// The next segment to send now, or nil when there is none; to be asked until it says nil.
  /// - Parameters:
  ///   - largestText: the most text the device takes in one frame; it cuts what exceeds the segment size.
  ///   - ranges: where what is in flight is remembered.
  package mutating func nextSegment(
    at now: Instant, largestText: Int, _ ranges: inout SentRanges
  ) -> OutgoingSegment? {
    guard state != .closed else { return nil }
    guard state != .timeWait else { return pureAcknowledgment(at: now) }
    if recovery.flags.contains(.isProbeDue), let segment = tailProbe(&ranges, at: now) { return segment }
    if isProbeDue {
      isProbeDue = false
      if let segment = probe(&ranges, at: now) { return segment }
    }
    if !mergesAcknowledgments || isReporting, let segment = pureAcknowledgment(at: now) { return segment }
    if flight.lost > 0, let segment = repair(largestText: largestText, &ranges, at: now) { return segment }
    restartAfterIdle(at: now)
    if path.raiseAt != 0 { raisePath(at: now) }
    if let segment = nextText(largestText: largestText, isProbe: false, &ranges, at: now) { return segment }
    if recovery.phase == .repairing, let segment = rescue(&ranges, at: now) { return segment }
    return pureAcknowledgment(at: now)
  }

  /// Whether nothing can leave before something happens: all text is on its way, the FIN behind the last of it, and nothing is
  /// owed. Where that takes a closer look this is false, and `nextSegment` has to be asked.
  @inline(__always)
  package var isSpent: Bool {
    guard case .none = obligation, state != .closed, !isProbeDue, flight.lost == 0 else { return false }
    guard recovery.phase != .repairing, !recovery.flags.contains(.isProbeDue) else { return false }
    let unsent = Int(queue.byteCount) - snd.nxt.distance(from: snd.una)
    return isFinished ? unsent < 0 : unsent == 0
  }

  /// New text: from SND.NXT as far as both windows allow.
  /// - Parameter isProbe: whether one segment may leave beyond the congestion window (RFC 8985 §7.3).
  @inline(__always)
  mutating func nextText(
    largestText: Int, isProbe: Bool, _ ranges: inout SentRanges, at now: Instant
  ) -> OutgoingSegment? {
    guard !isFinAcknowledged else { return nil }
    let sent = snd.nxt.distance(from: snd.una)
    let unsent = Int(queue.byteCount) - sent
    guard unsent >= 0 else { return nil }
    let allowed = isProbe ? Int(snd.mss) : Int(congestion.window) - Int(pipe)
    let usable = min(Int(snd.wnd) - sent, allowed)
    let rate = recovery.phase == .none ? pace : nil
    let paced = rate.map { pacing.allowance($0, at: now) } ?? usable
    if let rate, paced < min(usable, unsent, Int(snd.mss)), !isProbe {
      pacing.wait(rate, at: now)
      return nil
    }
    let wanted = textCount(unsent: unsent, usable: usable, largestText: min(largestText, paced))
    let count = fitted(queue.frameCount(at: sent, upTo: wanted), of: wanted)
    let carriesFin = isFinished && count == unsent && (count > 0 || usable >= 0)
    guard count > 0 || carriesFin else {
      if unsent > 0, !isProbe { holdBack(at: now) }
      return nil
    }
    guard flight.canAppend(ranges) else { return nil }
    var segment = makeSegment(from: snd.nxt, count: count, carriesFin: carriesFin, at: now)
    // A receiver may keep the acknowledgment of an odd segment to itself, for 40 ms and more, unless it is pushed: the last
    // that a window allows is, so that the window opens as soon as it can.
    if usable - count < Int(snd.mss), count > 0 { segment.isPush = true }
    // What leaves by the rules needs no probe of the window any more, and its loss is one.
    noteSent(UInt32(count) + (carriesFin ? 1 : 0), &ranges, at: now)
    if let rate { pacing.noteSent(count, rate, at: now) }
    return segment
  }

  /// The pace at which new text leaves; nil where it leaves as it can.
  @inline(__always)
  private var pace: Pacing.Rate? {
    Pacing.Rate(congestion, roundTrip: timeout.smoothed, mss: snd.mss)
  }

  /// Text in many small pieces may not all fit the frame: what does is cut to whole segments, if there is one.
  @inline(__always)
  func fitted(_ count: Int, of wanted: Int) -> Int {
    let mss = Int(snd.mss)
    return count == wanted || count < mss ? count : count - count % mss
  }

  /// How much text to send: whole segments, except for the last of what there is (RFC 9293 §3.8.6.2.1; Nagle's wait for
  /// acknowledgments is left out because responses are appended whole).
  @inline(__always)
  private func textCount(unsent: Int, usable: Int, largestText: Int) -> Int {
    guard unsent > 0, usable > 0 else { return 0 }
    let allowed = min(unsent, usable)
    // A segment always fits a frame, and how many do takes a division.
    let possible = allowed <= Int(snd.mss) ? allowed : min(allowed, largestFrame(largestText))
    // What was sent before does not wait for more text a second time.
    if possible == unsent, !isWaitingForText || snd.nxt < snd.max { return possible }
    let mss = Int(snd.mss)
    if possible >= mss { return possible - possible % mss }
    // A window smaller than a segment: half of the largest ever seen is worth a segment, less is silly.
    let isWorthSending = usable < mss && unsent > usable && usable * 2 >= Int(snd.largestWindow)
    return isWorthSending ? possible : 0
  }

  /// The most text for one frame, in whole segments.
  @inline(__always)
  func largestFrame(_ largestText: Int) -> Int {
    let mss = Int(snd.mss)
    return max(mss, largestText - largestText % mss)
  }
}
