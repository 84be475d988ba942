package import Time
import Wire

/// What leaves next. This is the only place where segments are made, so that whatever is owed rides on whatever leaves.
extension Connection {
  /// The next segment to send now, or nil when there is none; to be asked until it says nil.
  /// - Parameter largestText: the most text the device takes in one frame; it cuts what exceeds the segment size.
  package mutating func nextSegment(at now: Instant, largestText: Int) -> OutgoingSegment? {
    guard state != .closed else { return nil }
    guard state != .timeWait else { return pureAcknowledgment(at: now) }
    if recovery.resendFirst {
      recovery.resendFirst = false
      if let segment = firstUnacknowledged(at: now) { return segment }
    }
    if isProbeDue {
      isProbeDue = false
      if let segment = probe(at: now) { return segment }
    }
    if !mergesAcknowledgments, let segment = pureAcknowledgment(at: now) { return segment }
    restartAfterIdle(at: now)
    if let segment = nextText(at: now, largestText: largestText) { return segment }
    return pureAcknowledgment(at: now)
  }

  /// The segment at SND.UNA once more (RFC 5681 §3.2 step 2, RFC 6582 §3.2 step 3).
  private mutating func firstUnacknowledged(at now: Instant) -> OutgoingSegment? {
    let wanted = min(Int(snd.mss), Int(queue.byteCount), snd.max.distance(from: snd.una))
    let count = queue.frameCount(at: 0, upTo: wanted)
    let carriesFin = isFinSent && count == Int(queue.byteCount)
    guard count > 0 || carriesFin else { return nil }
    return makeSegment(from: snd.una, count: count, carriesFin: carriesFin, at: now)
  }

  /// New text, or old text again behind a time-out: from SND.NXT as far as both windows allow.
  private mutating func nextText(at now: Instant, largestText: Int) -> OutgoingSegment? {
    guard !isFinAcknowledged else { return nil }
    let sent = snd.nxt.distance(from: snd.una)
    let unsent = Int(queue.byteCount) - sent
    guard unsent >= 0 else { return nil }
    let usable = Int(min(snd.wnd, allowance)) - sent
    let wanted = textCount(unsent: unsent, usable: usable, largestText: largestText)
    let count = fitted(queue.frameCount(at: sent, upTo: wanted), of: wanted)
    let carriesFin = isFinished && count == unsent && (count > 0 || usable >= 0)
    guard count > 0 || carriesFin else {
      if unsent > 0 { holdBack(at: now) }
      return nil
    }
    // What leaves by the rules needs no probe any more, and its loss is one.
    if case .probe = timer { timer = .off }
    return makeSegment(from: snd.nxt, count: count, carriesFin: carriesFin, at: now)
  }

  /// What congestion control allows in flight, with two more segments on the first duplicates (RFC 3042).
  private var allowance: UInt32 {
    guard !recovery.isActive, recovery.ignoreUpTo == nil else { return congestion.window }
    return congestion.window &+ UInt32(min(recovery.duplicates, 2)) &* UInt32(snd.mss)
  }

  /// Text in many small pieces may not all fit the frame: what does is cut to whole segments, if there is one.
  private func fitted(_ count: Int, of wanted: Int) -> Int {
    let mss = Int(snd.mss)
    return count == wanted || count < mss ? count : count - count % mss
  }

  /// How much text to send: whole segments, except for the last of what there is (RFC 9293 §3.8.6.2.1; Nagle's wait for
  /// acknowledgments is left out because responses are appended whole).
  private func textCount(unsent: Int, usable: Int, largestText: Int) -> Int {
    guard unsent > 0, usable > 0 else { return 0 }
    let mss = Int(snd.mss)
    let most = max(mss, largestText - largestText % mss)
    let possible = min(unsent, usable, most)
    // What was sent before does not wait for more text a second time.
    if possible == unsent, !isWaitingForText || snd.nxt < snd.max { return possible }
    if possible >= mss { return possible - possible % mss }
    // A window smaller than a segment: half of the largest ever seen is worth a segment, less is silly.
    let isWorthSending = usable < mss && unsent > usable && usable * 2 >= Int(snd.largestWindow)
    return isWorthSending ? possible : 0
  }
}
