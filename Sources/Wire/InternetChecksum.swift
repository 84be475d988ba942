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

  /// Folds a sum of up to 2³² words.
  @inlinable
  package init(folding sum: UInt64) {
    var rest = (sum & 0xFFFF_FFFF) &+ (sum >> 32)
    rest = (rest & 0xFFFF) &+ (rest >> 16 & 0xFFFF) &+ (rest >> 32)
    rest = (rest & 0xFFFF) &+ (rest >> 16)
    rest = (rest & 0xFFFF) &+ (rest >> 16)
    self.folded = UInt16(truncatingIfNeeded: rest)
  }

  /// The sum of all `bytes`, the first of which is the high half of a word.
  @inlinable
  package init(summing bytes: RawSpan) {
    var sum: UInt64 = 0
    // Eight bytes at a time in memory order: the sum does not care for byte order until the end (RFC 1071 §2.B).
    let count = bytes.byteCount
    for word in 0..<(count >> 3) {
      let value = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: word &<< 3, as: UInt64.self)
      sum &+= (value & 0xFFFF_FFFF) &+ (value >> 32)
    }
    if count & 4 != 0 {
      sum &+= UInt64(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: count & ~7, as: UInt32.self))
    }
    if count & 2 != 0 {
      sum &+= UInt64(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: count & ~3, as: UInt16.self))
    }
    if count & 1 != 0 { sum &+= UInt64(bytes.byte(at: count &- 1)) }
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
