package import Wire

/// Sums of any part of a block's payload, from the running sums that are stored with it.
package enum StoredSums {
  /// The Internet sum of a range of the payload, as if the range stood alone.
  ///
  /// It is the difference of two stored sums, and of at most two partial cells, of which less than 128 bytes each are read.
  /// - Parameters:
  ///   - range: bytes of the payload, at most 64,240.
  ///   - block: all 65,536 bytes of a verified block.
  package static func sum(of range: Range<Int>, in block: RawSpan) -> InternetChecksum {
    precondition(range.lowerBound >= 0 && range.upperBound <= BlockGeometry.payloadCount, "outside the payload")
    // Inside one cell, or two that touch, reading is as good as subtracting.
    guard range.count > BlockGeometry.cellCount else {
      return InternetChecksum(summing: block.extracting(range))
    }
    let whole = prefix(range.upperBound, of: block) - prefix(range.lowerBound, of: block)
    // The sum of the range by its place in the block; standing alone it begins at an even offset.
    return whole.placed(at: range.lowerBound)
  }

  /// The first cell whose stored sum is not that of the bytes up to its end; nil when all of them are right.
  /// - Parameter block: all 65,536 bytes.
  package static func firstWrongCell(in block: RawSpan) -> Int? {
    var sum = InternetChecksum.zero
    for cell in 0..<BlockGeometry.sumCount {
      sum += InternetChecksum(summing: block.extracting(bytes(ofCell: cell)))
      if InternetChecksum(folded: block.littleEndianUInt16(at: offset(ofCell: cell))) != sum { return cell }
    }
    return nil
  }

  /// Stores the sums of a payload.
  static func write(to block: inout MutableRawSpan) {
    var sum = InternetChecksum.zero
    for cell in 0..<BlockGeometry.sumCount {
      sum += InternetChecksum(summing: block.bytes.extracting(bytes(ofCell: cell)))
      block.storeLittleEndian(sum.folded, at: offset(ofCell: cell))
    }
  }

  /// The payload's bytes in a cell; the last cell is shorter than the others.
  private static func bytes(ofCell cell: Int) -> Range<Int> {
    let start = cell * BlockGeometry.cellCount
    return start..<min(start + BlockGeometry.cellCount, BlockGeometry.payloadCount)
  }

  /// Where the sum of all bytes up to the end of a cell stands.
  private static func offset(ofCell cell: Int) -> Int { BlockGeometry.sumOffset + 2 * cell }

  /// The sum of the payload's first `count` bytes.
  private static func prefix(_ count: Int, of block: RawSpan) -> InternetChecksum {
    let cells = count / BlockGeometry.cellCount
    let start = cells * BlockGeometry.cellCount
    let stored =
      cells == 0
      ? InternetChecksum.zero
      : InternetChecksum(folded: block.littleEndianUInt16(at: offset(ofCell: cells - 1)))
    guard start < count else { return stored }
    return stored + InternetChecksum(summing: block.extracting(start..<count))
  }
}
