extension InternetChecksum {
  /// The sum of two pieces, both of which begin at an even offset of the whole.
  @inlinable
  package static func + (left: InternetChecksum, right: InternetChecksum) -> InternetChecksum {
    let sum = UInt32(left.folded) &+ UInt32(right.folded)
    return InternetChecksum(folded: UInt16(truncatingIfNeeded: sum) &+ UInt16(truncatingIfNeeded: sum >> 16))
  }

  /// Adds a piece that begins at an even offset.
  @inlinable
  package static func += (left: inout InternetChecksum, right: InternetChecksum) {
    left = left + right
  }

  /// What remains of `left` when the piece `right` is taken out of it (RFC 1624: adding the complement).
  @inlinable
  package static func - (left: InternetChecksum, right: InternetChecksum) -> InternetChecksum {
    left + InternetChecksum(folded: ~right.folded)
  }

  /// The sum of the same bytes when they begin at an odd offset: each byte changes its half of the word.
  @inlinable
  package var shiftedByOneByte: InternetChecksum { InternetChecksum(folded: folded.byteSwapped) }

  /// The sum of the same bytes when they begin at `offset` of the whole.
  @inlinable
  package func placed(at offset: Int) -> InternetChecksum {
    offset & 1 == 0 ? self : shiftedByOneByte
  }

  /// Adds a single 16-bit word.
  @inlinable
  package func adding(_ word: UInt16) -> InternetChecksum {
    self + InternetChecksum(folded: word)
  }

  /// Adds a 32-bit number that begins at an even offset.
  @inlinable
  package func adding(_ number: UInt32) -> InternetChecksum {
    adding(UInt16(truncatingIfNeeded: number >> 16)).adding(UInt16(truncatingIfNeeded: number))
  }

  /// The checksum field of a header in which one word has changed, without the header (RFC 1624 §3, equation 3).
  @inlinable
  package static func updating(field: UInt16, from old: UInt16, to new: UInt16) -> UInt16 {
    let sum = InternetChecksum(folded: ~field).adding(~old).adding(new)
    return ~sum.folded
  }
}
