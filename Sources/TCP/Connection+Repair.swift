import Time
import Wire

/// What leaves once more (RFC 6675 §4, NextSeg).
extension Connection {
  /// The lowest text that is taken for lost, as far as both windows allow.
  mutating func repair(largestText: Int, _ ranges: inout SentRanges, at now: Instant) -> OutgoingSegment? {
    // After a time-out that may have been false new text goes first (RFC 5682 §2.1, step 2b).
    if recovery.flags.contains(.prefersNew),
      let segment = nextText(largestText: largestText, isProbe: false, &ranges, at: now)
    {
      return segment
    }
    guard let lost = flight.firstLost(ranges) else { return nil }
    let mss = Int(snd.mss)
    let allowed = Int(congestion.window) - Int(pipe)
    // What is lost need not wait until the window has room for all of a segment.
    guard allowed > 0 || pipe == 0 else { return nil }
    let offset = lost.range.first.distance(from: snd.una)
    let room = Int(snd.wnd) - offset
    let text = Int(queue.byteCount) - offset
    let whole = min(largestFrame(largestText), max(mss, allowed - allowed % mss))
    let wanted = min(Int(lost.range.count), text, room, whole)
    let count = wanted > 0 ? fitted(queue.frameCount(at: offset, upTo: wanted), of: wanted) : 0
    let carriesFin = count == text && Int(lost.range.count) > count && room >= count
    guard count > 0 || carriesFin else {
      holdBack(at: now)
      return nil
    }
    let numbers = UInt32(count) + (carriesFin ? 1 : 0)
    flight.resend(lost.place, behind: lost.before, count: numbers, at: now, &ranges)
    noteRepeated(numbers)
    let segment = makeSegment(from: lost.range.first, count: count, carriesFin: carriesFin, at: now)
    // The oldest text has a whole time-out before it again.
    if offset == 0 || timer.isIdle { timer = .retransmission(at: now + timeout.interval) }
    return segment
  }

  /// Once in a recovery, when nothing else may leave: the tail of the flight, of which nothing was heard for a round trip.
  /// Were it lost too, nothing behind it could tell (RFC 6675 §4, NextSeg rule 4).
  mutating func rescue(_ ranges: inout SentRanges, at now: Instant) -> OutgoingSegment? {
    guard isSelective, !recovery.flags.contains(.isRescued), flight.lost == 0, !flight.isEmpty,
      pipe + UInt32(snd.mss) <= congestion.window
    else { return nil }
    let last = flight.lastSegment(size: UInt32(snd.mss), ranges)
    guard last.marks.isEmpty, now.since(last.sentAt) > timeout.smoothed ?? .zero else { return nil }
    recovery.flags.insert(.isRescued)
    return lastSegment(&ranges, at: now)
  }
}
