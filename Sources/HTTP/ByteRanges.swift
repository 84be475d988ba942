import Wire

/// The parts of a representation that a `Range` asks for: in the order asked for, apart from each other, at most eight.
package struct ByteRanges: Sendable {
  /// The most parts. A client that asks for more is answered with the whole, as RFC 9110 §14.2 allows.
  package static let capacity = 8

  /// How many parts there are. None: no byte of any range exists.
  package private(set) var count = 0
  /// The parts, in the first `count` places.
  private var ranges = InlineArray<8, Range<UInt64>>(repeating: 0..<0)

  /// Reads `bytes=0-499, 1000-, -500` (RFC 9110 §14.1.2) for a representation of `length` bytes.
  ///
  /// Ends beyond the last byte become the last byte; ranges that touch become one (§15.3.7.2); ranges behind the last
  /// byte are left out. `nil` where the field is to be ignored: another unit, a malformed range, too many parts, or
  /// the last bytes of nothing, which no `Content-Range` can express.
  package init?(_ value: RawSpan, length: UInt64) {
    guard value.beginsIgnoringCase(with: "bytes=") else { return nil }
    var elements = ListElements(value.extracting(droppingFirst: 6))
    var isEmpty = true
    while let element = elements.next() {
      isEmpty = false
      guard let specifier = RangeSpecifier(element) else { return nil }
      if length == 0, specifier.isSuffix { return nil }
      guard let range = specifier.resolved(in: length) else { continue }
      guard insert(range) else { return nil }
    }
    guard !isEmpty else { return nil }
  }

  /// The part with this number; traps where there is none.
  package subscript(_ index: Int) -> Range<UInt64> {
    precondition(index < count, "no such range")
    return ranges[index]
  }

  /// Adds `range`, united with those it touches, where the first of them stands: parts are sent in the order in which they
  /// were asked for (RFC 9110 §15.3.7.2).
  /// - Returns: false where it would be one too many.
  private mutating func insert(_ range: Range<UInt64>) -> Bool {
    var merged = range
    var place: Int?
    var kept = 0
    for index in 0..<count {
      if Self.touch(ranges[index], merged) {
        merged = min(merged.lowerBound, ranges[index].lowerBound)..<max(merged.upperBound, ranges[index].upperBound)
        guard place == nil else { continue }
        place = kept
      } else {
        ranges[kept] = ranges[index]
      }
      kept &+= 1
    }
    let target = place ?? kept
    guard target < Self.capacity else { return false }
    ranges[target] = merged
    count = max(kept, target &+ 1)
    return true
  }

  /// Whether two ranges have bytes in common, or one begins where the other ends.
  private static func touch(_ left: Range<UInt64>, _ right: Range<UInt64>) -> Bool {
    left.lowerBound <= right.upperBound && right.lowerBound <= left.upperBound
  }
}
