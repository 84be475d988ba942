import Time
import Wire

/// What acknowledgments do to the ranges in flight.
extension Flight {
  /// Everything before `una` is acknowledged.
  @inline(__always)
  mutating func acknowledge(upTo una: SequenceNumber, _ delivery: inout Delivery, _ pool: inout SentRanges) {
    while !isEmpty, head.first < una {
      var arrived = head
      if una < arrived.end { arrived.end = una }
      if !arrived.marks.contains(.selected) { delivery.take(arrived) }
      dropFirst(upTo: arrived.end, &pool)
    }
    if let end = resentEnd, una >= end { findRestLost(&pool) }
  }

  /// What was sent again of a range has arrived, and the rest of it never left.
  private mutating func findRestLost(_ pool: inout SentRanges) {
    resentEnd = nil
    guard !isEmpty, head.marks == .repeated else { return }
    var rest = head
    rest.marks.insert(.lost)
    set(Flight.here, to: rest, &pool)
  }

  /// The peer holds a stretch ahead of a gap (RFC 6675 §4, Update).
  /// - Parameter most: places that the flight may take in the pool. Without one for the parts of a range that the block would cut,
  ///   the block is as good as not received.
  mutating func select(
    _ block: SelectiveBlock, upTo most: UInt32, _ delivery: inout Delivery, _ pool: inout SentRanges
  ) {
    var before = SentRange.none
    var place = start
    while place != SentRange.none {
      var range = self.range(place, pool)
      if range.first >= block.right { return }
      if range.end > block.left, !range.marks.contains(.selected) {
        if range.first < block.left {
          guard placeCount < most, split(place, at: block.left, &pool) else { return }
          (before, place) = (place, self.range(place, pool).next)
          range = self.range(place, pool)
        }
        if range.end > block.right {
          guard placeCount < most, split(place, at: block.right, &pool) else { return }
          range = self.range(place, pool)
        }
        delivery.take(range)
        delivery.selected &+= range.count
        range.marks = .selected
        set(place, to: range, &pool)
        join(place, &pool)
        if before != SentRange.none, join(before, &pool) { place = before }
      }
      (before, place) = (place, self.range(place, pool).next)
    }
  }

  /// Gives up what the peer said it holds: it has changed its mind (RFC 2018 §8).
  mutating func forgetSelections(_ pool: inout SentRanges) {
    var place = start
    while place != SentRange.none {
      var range = self.range(place, pool)
      if range.marks.contains(.selected) {
        range.marks = .repeated
        set(place, to: range, &pool)
      }
      place = range.next
    }
  }
}

/// What one acknowledgment has told to have arrived for the first time.
struct Delivery {
  /// When the acknowledgment came.
  let now: Instant
  /// The shortest round trip ever measured; zero before the first.
  let shortest: Interval
  /// Numbers that arrived.
  var count: UInt32 = 0
  /// How many of them are held ahead of a gap.
  var selected: UInt32 = 0
  /// When the one that left last had left; nil where none can be told from its copies.
  var newestSentAt: Instant?
  /// The number behind it.
  var newestEnd = SequenceNumber(0)
  /// The round trip that the echo of our clock has made; nil where there is none.
  var echoed: Interval?
  /// When the one that left first had left, of those that left once.
  var oldestOnce: Instant?
  /// The lowest number of those that left once.
  var lowestOnce: SequenceNumber?
  /// The number behind the highest.
  var highestEnd: SequenceNumber?
  /// Whether one had been taken for lost and was not sent again: it was not lost.
  var hasFalseLoss = false

  /// Nothing yet.
  init(at now: Instant, shortest: Interval) {
    self.now = now
    self.shortest = shortest
  }

  /// Takes in a range that has arrived (RFC 8985 §6.2, steps 1 to 3).
  mutating func take(_ range: SentRange) {
    count &+= range.count
    highestEnd = highestEnd.map { SequenceNumber.max($0, range.end) } ?? range.end
    if range.marks.contains(.lost) { hasFalseLoss = true }
    if range.marks.contains(.repeated) {
      // An answer that came sooner than any can is that to an earlier copy.
      guard now.since(range.sentAt) >= shortest else { return }
    } else {
      oldestOnce = min(oldestOnce ?? range.sentAt, range.sentAt)
      lowestOnce = lowestOnce.map { $0 < range.first ? $0 : range.first } ?? range.first
    }
    if let newest = newestSentAt, !Rack.isSent(range.sentAt, range.end, after: newest, newestEnd) { return }
    newestSentAt = range.sentAt
    newestEnd = range.end
  }
}
