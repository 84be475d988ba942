/// A TCP sequence number: 32 bits that wrap around (RFC 9293 §3.4). Arithmetic never traps.
package struct SequenceNumber: Hashable, Sendable {
  /// The number as it stands in the header.
  package let value: UInt32

  /// The sequence number with this value.
  @inlinable
  package init(_ value: UInt32) {
    self.value = value
  }

  /// The number `count` further on.
  @inlinable
  package static func + (left: SequenceNumber, count: UInt32) -> SequenceNumber {
    SequenceNumber(left.value &+ count)
  }

  /// Moves on by `count`.
  @inlinable
  package static func += (left: inout SequenceNumber, count: UInt32) {
    left = left + count
  }

  /// The number `count` before.
  @inlinable
  package static func - (left: SequenceNumber, count: UInt32) -> SequenceNumber {
    SequenceNumber(left.value &- count)
  }

  /// How far it is from `earlier` to here; negative where `earlier` is in fact later. Right within 2³¹ of each other.
  @inlinable
  package func distance(from earlier: SequenceNumber) -> Int {
    Int(Int32(truncatingIfNeeded: value &- earlier.value))
  }

  /// Whether this comes before `other`, within half the number space.
  @inlinable
  package static func < (left: SequenceNumber, right: SequenceNumber) -> Bool {
    right.distance(from: left) > 0
  }

  /// Whether this comes before `other` or is the same.
  @inlinable
  package static func <= (left: SequenceNumber, right: SequenceNumber) -> Bool {
    right.distance(from: left) >= 0
  }

  /// Whether this comes after `other`, within half the number space.
  @inlinable
  package static func > (left: SequenceNumber, right: SequenceNumber) -> Bool { right < left }

  /// Whether this comes after `other` or is the same.
  @inlinable
  package static func >= (left: SequenceNumber, right: SequenceNumber) -> Bool { right <= left }

  /// The later of two.
  @inlinable
  package static func max(_ left: SequenceNumber, _ right: SequenceNumber) -> SequenceNumber {
    left < right ? right : left
  }

  /// Whether this lies in the `count` numbers that begin at `start`.
  @inlinable
  package func isIn(_ start: SequenceNumber, count: UInt32) -> Bool {
    value &- start.value < count
  }
}
