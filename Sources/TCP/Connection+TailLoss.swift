import Time
import Wire

/// Tail loss probes: the last segments of a flight have none behind them whose arrival could tell of their loss, so one more
/// is sent before the time-out (RFC 8985 §7).
extension Connection {
  /// How long a peer may keep the acknowledgment of a single segment. Two hundred milliseconds are allowed to be longer in
  /// use; forty are what receivers keep to, and a probe too many costs a segment.
  static let longestPeerDelay = Interval.milliseconds(45)

  /// What a probe is late beyond two round trips: clocks tick, and ends have other things to do.
  static let probeSlack = Interval.milliseconds(3)

  /// Whether a probe may be sent instead of waiting for the time-out.
  @inline(__always)
  var canProbeTail: Bool {
    isSelective && (recovery.phase == .none || recovery.phase == .reducing) && flight.isPlain
      && !recovery.flags.contains(.isProbing)
  }

  /// PTO: when the tail is probed (§7.2); never later than the time-out of the oldest text.
  @inline(__always)
  func probeTime(at now: Instant) -> Instant {
    let limit = max(flight.head.sentAt + timeout.interval, now)
    guard let smoothed = timeout.smoothed else { return min(now + RetransmissionTimeout.initial, limit) }
    // On a short path ends that are busy elsewhere make more of a difference than the path.
    let unrest = min(timeout.variation * 4, .milliseconds(10))
    var wait = max(smoothed * 2, smoothed + unrest) + Connection.probeSlack
    if snd.flight <= UInt32(snd.mss) { wait = wait + Connection.longestPeerDelay }
    return min(now + wait, limit)
  }

  /// The probe: new text if there is any, or else the last segment once more (§7.3).
  mutating func tailProbe(_ ranges: inout SentRanges, at now: Instant) -> OutgoingSegment? {
    recovery.flags.remove(.isProbeDue)
    guard canProbeTail, !flight.isEmpty else { return nil }
    let new = nextText(largestText: 0, isProbe: true, &ranges, at: now)
    let segment = new ?? lastSegment(&ranges, at: now)
    timer = .retransmission(at: now + timeout.interval)
    guard segment != nil else { return nil }
    if new == nil { recovery.flags.insert(.isProbeRepeated) } else { recovery.flags.remove(.isProbeRepeated) }
    recovery.flags.insert(.isProbing)
    recovery.probeEnd = snd.nxt
    return segment
  }

  /// The last segment in flight once more; nil where it does not fit one frame or the peer's window any more.
  mutating func lastSegment(_ ranges: inout SentRanges, at now: Instant) -> OutgoingSegment? {
    let last = flight.lastSegment(size: UInt32(snd.mss), ranges)
    let offset = last.first.distance(from: snd.una)
    let wanted = min(Int(last.count), Int(queue.byteCount) - offset)
    guard offset + wanted <= Int(snd.wnd) else { return nil }
    let count = queue.frameCount(at: offset, upTo: wanted)
    guard count == wanted else { return nil }
    flight.resendLast(last, at: now, &ranges)
    noteRepeated(last.count)
    return makeSegment(from: last.first, count: count, carriesFin: Int(last.count) > count, at: now)
  }

  /// Decides what became of a probe (§7.4): when the original had arrived nothing was lost; when the probe repaired a loss
  /// that nothing else tells of, the window comes down all the same.
  mutating func settleTailProbe(_ news: AcknowledgmentNews) {
    guard recovery.flags.contains(.isProbing), snd.una >= recovery.probeEnd else { return }
    let wasOriginal =
      !recovery.flags.contains(.isProbeRepeated) || news.twice.map { $0.right == recovery.probeEnd } ?? false
    let isSettled = wasOriginal || news.hasAdvanced && snd.una > recovery.probeEnd
    if isSettled || news.isDuplicate && !news.hasSelections {
      recovery.flags.remove([.isProbing, .isProbeRepeated])
    }
    guard !wasOriginal, news.hasAdvanced, snd.una > recovery.probeEnd, recovery.phase == .none else { return }
    congestion.reduce(flight: news.flight, mss: snd.mss)
    congestion.set(max(min(congestion.window, congestion.threshold), UInt32(snd.mss)))
  }
}
