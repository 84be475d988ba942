import Wire

/// The CRCs that guard a block, one for each of its sectors, so that part of a block can be read and is known to be right. They
/// stand in the last sector, whose own, the last four bytes, guards them.
package enum SectorChecks {
  /// Whether the last sector is what was written, and so what it says of the others.
  static func isLastRight(in block: RawSpan) -> Bool {
    lastCheck(of: block) == block.littleEndianUInt32(at: BlockGeometry.checkOffset)
  }

  /// Whether sectors before the last are what was written. Those beside them need not be there, but the last has to be, and right.
  package static func areRight(_ sectors: Range<Sector>, in block: RawSpan) -> Bool {
    (sectors.lowerBound.number..<sectors.upperBound.number).allSatisfy { number in
      check(of: Int(number), in: block) == block.littleEndianUInt32(at: offset(of: Int(number)))
    }
  }

  /// Stores the checks of a block of which everything else is written.
  static func write(to block: inout MutableRawSpan) {
    for number in 0..<Int(Sector.last.number) {
      block.storeLittleEndian(check(of: number, in: block.bytes), at: offset(of: number))
    }
    block.storeLittleEndian(lastCheck(of: block.bytes), at: BlockGeometry.checkOffset)
  }

  private static func check(of number: Int, in block: RawSpan) -> UInt32 {
    let start = number * Sector.byteCount
    return CRC32C.of(block.extracting(start..<(start + Sector.byteCount)))
  }

  /// The check of the last sector, without the four bytes in which it stands.
  private static func lastCheck(of block: RawSpan) -> UInt32 {
    CRC32C.of(block.extracting(Sector.last.offset..<BlockGeometry.checkOffset))
  }

  private static func offset(of number: Int) -> Int { BlockGeometry.sectorCheckOffset + 4 * number }
}
