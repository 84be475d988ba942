import Time
import Wire

/// The places for ranges in flight that all connections of a host share. Nothing is allocated after the start, and memory
/// is first touched when so many are taken.
///
/// A connection keeps its first range itself, so that one that is idle, or has one flight on its way, takes nothing here,
/// and none that finds the pool empty stands still: it only knows less about what it has in flight.
package struct SentRanges: ~Copyable {
  private var ranges: Table<SentRange>
  private var free = SentRange.none
  private let capacity: Int

  /// Places that are not taken.
  package private(set) var available: Int

  /// A pool of so many places.
  package init(capacity: Int) {
    ranges = Table(capacity: capacity)
    self.capacity = capacity
    available = capacity
  }

  /// Bytes that a pool of so many places takes.
  package static func byteCount(capacity: Int) -> Int { Table<SentRange>.byteCount(capacity: capacity) }

  /// Puts a range into a free place.
  /// - Returns: the place; nil when all are taken.
  mutating func take(_ range: SentRange) -> UInt32? {
    guard available > 0 else { return nil }
    available -= 1
    guard free != SentRange.none else {
      ranges.append(range)
      return UInt32(ranges.count - 1)
    }
    let place = free
    free = ranges[Int(place)].next
    ranges[Int(place)] = range
    return place
  }

  /// Gives a place back.
  mutating func release(_ place: UInt32) {
    ranges[Int(place)].next = free
    free = place
    available += 1
  }

  /// The range at a place that is taken.
  subscript(place: UInt32) -> SentRange {
    _read { yield ranges[Int(place)] }
    _modify { yield &ranges[Int(place)] }
  }
}
