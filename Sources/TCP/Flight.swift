import Time
import Wire

/// What a connection has in flight: ranges that cover SND.UNA to SND.MAX without gaps, in order (RFC 6675 §3, RFC 8985 §5).
///
/// The first range stands here, the others in the pool that all connections share. A place is named by its number there,
/// and the first range by `Flight.here`.
package struct Flight: Sendable {
  /// The first range; empty when nothing is in flight.
  private(set) var head = SentRange(first: SequenceNumber(0), end: SequenceNumber(0), sentAt: .epoch)
  /// The place of the last range.
  private(set) var tail = Flight.here
  /// Numbers that the peer holds ahead of a gap.
  package private(set) var selected: UInt32 = 0
  /// Numbers that are taken for lost and were not sent again.
  package private(set) var lost: UInt32 = 0
  /// Places that are taken in the pool.
  private(set) var placeCount: UInt32 = 0
  /// The end of what was sent again of a range that could not be cut there; nil where all ranges are exact.
  var resentEnd: SequenceNumber?

  /// The place of the first range.
  static let here = UInt32.max - 1

  /// Whether nothing is in flight.
  var isEmpty: Bool { head.first == head.end }

  /// Whether nothing in flight is known to be held by the peer or to be lost.
  var isPlain: Bool { selected | lost == 0 }

  /// Calls `body` with each range, in order.
  package func forEachRange(_ pool: borrowing SentRanges, _ body: (SentRange) -> Void) {
    var place = start
    while place != SentRange.none {
      let range = self.range(place, pool)
      body(range)
      place = range.next
    }
  }

  /// Where a walk over the ranges begins.
  var start: UInt32 { isEmpty ? SentRange.none : Flight.here }

  /// The range at a place.
  func range(_ place: UInt32, _ pool: borrowing SentRanges) -> SentRange {
    place == Flight.here ? head : pool[place]
  }

  /// Changes the range at a place, and the counts with its marks.
  mutating func set(_ place: UInt32, to range: SentRange, _ pool: inout SentRanges) {
    let old = self.range(place, pool)
    count(old, isAdded: false)
    count(range, isAdded: true)
    if place == Flight.here { head = range } else { pool[place] = range }
  }

  private mutating func count(_ range: SentRange, isAdded: Bool) {
    guard !range.marks.isDisjoint(with: [.selected, .lost]) else { return }
    let change = isAdded ? range.count : 0 &- range.count
    if range.marks.contains(.selected) { selected &+= change } else { lost &+= change }
  }

  /// Whether numbers can be appended: there is a place for them, or the last range takes them up.
  func canAppend(_ pool: borrowing SentRanges) -> Bool {
    pool.available > 0 || isEmpty || range(tail, pool).marks.isDisjoint(with: [.selected, .lost])
  }

  /// Takes note that numbers behind all others have left.
  mutating func append(_ range: SentRange, _ pool: inout SentRanges) {
    guard !isEmpty else {
      head = range
      tail = Flight.here
      return
    }
    var last = self.range(tail, pool)
    // What leaves in one turn is one range. Without a place for another what is known of the last becomes less exact.
    if last.marks != range.marks || last.sentAt != range.sentAt, let place = pool.take(range) {
      placeCount &+= 1
      last.next = place
      set(tail, to: last, &pool)
      tail = place
    } else {
      last.end = range.end
      last.sentAt = range.sentAt
      last.marks.formUnion(range.marks)
      set(tail, to: last, &pool)
    }
  }

  /// Cuts a range in two at a number inside it.
  /// - Returns: false, with nothing changed, when there is no place for the second part.
  mutating func split(_ place: UInt32, at number: SequenceNumber, _ pool: inout SentRanges) -> Bool {
    var front = range(place, pool)
    var back = front
    back.first = number
    guard let second = pool.take(back) else { return false }
    placeCount &+= 1
    front.end = number
    front.next = second
    // The counts stay: both parts have the marks of the whole.
    if place == Flight.here { head = front } else { pool[place] = front }
    if tail == place { tail = second }
    return true
  }

  /// Makes one of a range and the next where nothing tells them apart, or both wait to be sent again.
  /// - Returns: whether it did.
  @discardableResult
  mutating func join(_ place: UInt32, _ pool: inout SentRanges) -> Bool {
    var front = range(place, pool)
    guard front.next != SentRange.none else { return false }
    let second = front.next
    let back = pool[second]
    let areLost = front.marks.contains(.lost) && back.marks.contains(.lost)
    let areEqual = front.marks == back.marks && (front.marks == .selected || front.sentAt == back.sentAt)
    guard areLost || areEqual else { return false }
    front.end = back.end
    front.marks.formUnion(back.marks)
    if front.sentAt != back.sentAt, front.marks != .selected {
      // When either left is not known any more: it is as good as sent twice.
      front.sentAt = max(front.sentAt, back.sentAt)
      front.marks.insert(.repeated)
    }
    front.next = back.next
    if place == Flight.here { head = front } else { pool[place] = front }
    if tail == second { tail = place }
    pool.release(second)
    placeCount &-= 1
    return true
  }

  /// Takes the first range, or its first numbers up to `end`, off.
  mutating func dropFirst(upTo end: SequenceNumber, _ pool: inout SentRanges) {
    guard end < head.end else {
      count(head, isAdded: false)
      let second = head.next
      guard second != SentRange.none else {
        head.first = head.end
        return
      }
      head = pool[second]
      pool.release(second)
      placeCount &-= 1
      if tail == second { tail = Flight.here }
      return
    }
    var rest = head
    rest.first = end
    set(Flight.here, to: rest, &pool)
  }

  /// Forgets everything; the places are free again.
  package mutating func removeAll(_ pool: inout SentRanges) {
    while !isEmpty { dropFirst(upTo: head.end, &pool) }
  }
}
