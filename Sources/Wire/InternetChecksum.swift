/// A one's-complement sum of 16-bit words (RFC 1071), before the final complement.
///
/// Sums are values: the sum of a segment is the sum of its pieces, so the parts can be stored with the data and only
/// be added when the segment is sent. Words are big-endian and a piece of odd length is summed as if a zero followed.
/// The number has two spellings of zero (0x0000 and 0xFFFF); `==` takes them for the same.
package struct InternetChecksum: Equatable, Sendable {
  /// The folded sum, 0 to 0xFFFF.
  package let folded: UInt16

  /// The sum of nothing.
  package static let zero = InternetChecksum(folded: 0)

  /// A sum that was folded before, as it stands in a file.
  @inlinable
  package init(folded: UInt16) {
    self.folded = folded
  }

  /// Folds a sum of 64 bits. Half of them are added to the others turned by as many, so that what is carried out of the lower
  /// half is added in the upper, which is the sum (RFC 1071 §2).
  @inlinable
  @inline(__always)
  package init(folding sum: UInt64) {
    let half = UInt32(truncatingIfNeeded: (sum &+ (sum << 32 | sum >> 32)) >> 32)
    self.folded = UInt16(truncatingIfNeeded: (half &+ (half << 16 | half >> 16)) >> 16)
  }

  /// The sum of all `bytes`, the first of which is the high half of a word.
  @inlinable
  package init(summing bytes: RawSpan) {
    // Eight bytes at a time in memory order: the sum does not care for byte order until the end, and carries are added
    // to it as they come (RFC 1071 §2).
    let count = bytes.byteCount
    var sum: UInt64 = 0
    var offset = 0
    while offset &+ 32 <= count {
      sum = carried(carried(sum, load(bytes, offset)), load(bytes, offset &+ 8))
      sum = carried(carried(sum, load(bytes, offset &+ 16)), load(bytes, offset &+ 24))
      offset &+= 32
    }
    while offset &+ 8 <= count {
      sum = carried(sum, load(bytes, offset))
      offset &+= 8
    }
    let rest = count &- offset
    if rest > 0 { sum = carried(sum, lastBytes(rest, of: bytes)) }
    self.folded = UInt16(bigEndian: InternetChecksum(folding: sum).folded)
  }

  /// The value for a header's checksum field when this is the sum of everything it covers.
  ///
  /// What a header covers is never all zeros, so its true sum is never 0x0000 and the field never 0xFFFF (RFC 1624 §3).
  @inlinable
  package var field: UInt16 { folded == 0 ? 0 : ~folded }

  /// Whether a sum that includes the checksum field itself adds up (RFC 1071 §1).
  @inlinable
  package var isValid: Bool { folded == 0xFFFF }

  /// Compares the numbers, whichever way zero is spelled.
  @inlinable
  package static func == (left: InternetChecksum, right: InternetChecksum) -> Bool {
    left.folded == right.folded || (left.folded &+ 1 <= 1 && right.folded &+ 1 <= 1)
  }
}

/// A one's-complement sum in 64 bits.
@inlinable
@inline(__always)
func carried(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let (sum, isCarried) = left.addingReportingOverflow(right)
  return sum &+ (isCarried ? 1 : 0)
}

/// A number in memory order; the caller knows that it lies in the span.
@inlinable
@inline(__always)
func load<Number: FixedWidthInteger & BitwiseCopyable>(_ bytes: RawSpan, _ offset: Int) -> Number {
  unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Number.self)
}

/// The last bytes of a span, 1 to 7 of them, as a number in memory order. A span of fewer than eight is taken whole.
@inlinable
@inline(__always)
func lastBytes(_ count: Int, of bytes: RawSpan) -> UInt64 {
  guard bytes.byteCount < 8 else {
    // The last eight, without those that stand before.
    let eight: UInt64 = load(bytes, bytes.byteCount &- 8)
    return eight &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
  }
  var number: UInt64 = 0
  for offset in (0..<bytes.byteCount).reversed() { number = number << 8 | UInt64(load(bytes, offset) as UInt8) }
  return number
}
