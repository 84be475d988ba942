import Time
import Wire

/// Which ranges in flight are lost, and which of them is sent again next.
extension Flight {
  /// Takes for lost what left well before something that has arrived (RFC 8985 §6.2, step 5).
  /// - Returns: how long until the next range would be taken for lost; nil when none is under suspicion.
  mutating func detectLosses(
    _ rack: Rack, window: Interval, at now: Instant, _ pool: inout SentRanges
  ) -> Interval? {
    var wait: Interval?
    var (before, place) = (SentRange.none, start)
    while place != SentRange.none {
      var range = self.range(place, pool)
      let isOpen = range.marks.isDisjoint(with: [.selected, .lost])
      if isOpen, Rack.isSent(rack.sentAt, rack.end, after: range.sentAt, range.end) {
        let limit = range.sentAt + rack.roundTrip.interval + window
        if limit <= now {
          range.marks.insert(.lost)
          set(place, to: range, &pool)
        } else {
          wait = max(wait ?? .zero, limit.since(now))
        }
      }
      if before == SentRange.none || !join(before, &pool) { before = place }
      place = self.range(before, pool).next
    }
    return wait
  }

  /// A time-out: takes for lost the first range, and whatever left so long ago (RFC 8985 §6.3).
  mutating func markLost(olderThan age: Interval, at now: Instant, _ pool: inout SentRanges) {
    var (before, place) = (SentRange.none, start)
    while place != SentRange.none {
      var range = self.range(place, pool)
      let isOpen = range.marks.isDisjoint(with: [.selected, .lost])
      if isOpen, place == Flight.here || range.sentAt + age <= now {
        range.marks.insert(.lost)
        set(place, to: range, &pool)
      }
      if before == SentRange.none || !join(before, &pool) { before = place }
      place = self.range(before, pool).next
    }
  }

  /// Takes for lost the first numbers in flight, `count` at most.
  mutating func markFirstLost(count: UInt32, _ pool: inout SentRanges) {
    guard !isEmpty, head.marks.isDisjoint(with: [.selected, .lost]) else { return }
    if head.count > count { _ = split(Flight.here, at: head.first + count, &pool) }
    var first = head
    first.marks.insert(.lost)
    set(Flight.here, to: first, &pool)
  }

  /// A part of the first range has left once more, whatever else is known of it.
  mutating func markFirstRepeated(_ pool: inout SentRanges) {
    guard !isEmpty else { return }
    var first = head
    first.marks.insert(.repeated)
    set(Flight.here, to: first, &pool)
  }

  /// Nothing was lost after all.
  mutating func forgetLosses(_ pool: inout SentRanges) {
    var place = start
    while lost > 0, place != SentRange.none {
      var range = self.range(place, pool)
      range.marks.remove(.lost)
      set(place, to: range, &pool)
      place = range.next
    }
  }

  /// The lowest numbers that are taken for lost, and the place before theirs; nil when there are none.
  func firstLost(_ pool: borrowing SentRanges) -> (before: UInt32, place: UInt32, range: SentRange)? {
    guard lost > 0 else { return nil }
    var (before, place) = (SentRange.none, start)
    while place != SentRange.none {
      let range = self.range(place, pool)
      if range.marks.contains(.lost) { return (before, place, range) }
      (before, place) = (place, range.next)
    }
    return nil
  }

  /// Takes note that the first `count` numbers of a range have left once more.
  mutating func resend(_ place: UInt32, behind before: UInt32, count: UInt32, at now: Instant, _ pool: inout SentRanges)
  {
    var range = self.range(place, pool)
    if count < range.count {
      // Without a place for the rest all of it is taken for sent, until what was sent has arrived.
      if split(place, at: range.first + count, &pool) {
        range = self.range(place, pool)
      } else {
        resentEnd = range.first + count
      }
    }
    range.marks = .repeated
    range.sentAt = now
    set(place, to: range, &pool)
    if before != SentRange.none { join(before, &pool) }
  }

  /// The last range in flight, or the last `size` numbers or less of it, as a segment that was cut off its front would end.
  func lastSegment(size: UInt32, _ pool: borrowing SentRanges) -> SentRange {
    var last = range(tail, pool)
    guard last.count > size else { return last }
    let rest = last.count % size
    last.first = last.end - (rest == 0 ? size : rest)
    return last
  }

  /// Takes note that `segment`, which `lastSegment` has found, has left once more.
  mutating func resendLast(_ segment: SentRange, at now: Instant, _ pool: inout SentRanges) {
    if range(tail, pool).first < segment.first { _ = split(tail, at: segment.first, &pool) }
    var last = range(tail, pool)
    last.marks = .repeated
    last.sentAt = now
    set(tail, to: last, &pool)
  }
}
