import Wire

extension BlockTrailer {
  /// Checks a block as it was read, whole or from a sector on: its CRCs, its place and its pack.
  /// - Parameters:
  ///   - block: 65,536 bytes.
  ///   - first: the first sector that was read; those before it are not looked at.
  ///   - number: which block was asked for.
  ///   - identity: which pack it should belong to; nil to take what it says.
  /// - Throws: `corrupt`, `misplaced`, `malformed`.
  package init(
    verifying block: RawSpan, from first: Sector = .first, as number: BlockNumber, of identity: UInt64?
  ) throws(PackError) {
    guard block.byteCount == BlockGeometry.byteCount, SectorChecks.isLastRight(in: block),
      SectorChecks.areRight(first..<Sector.last, in: block)
    else { throw .corrupt(number) }
    let fields = BlockGeometry.fieldOffset
    guard block.littleEndianUInt32(at: fields) == BlockTrailer.magic,
      let kind = BlockKind(rawValue: block.littleEndianUInt32(at: fields + 4))
    else { throw .malformed(number, offset: fields) }
    self.kind = kind
    self.number = number
    self.identity = block.littleEndianUInt64(at: fields + 16)
    self.used = Int(block.littleEndianUInt32(at: fields + 24))
    guard block.littleEndianUInt64(at: fields + 8) == UInt64(number.value), identity ?? self.identity == self.identity
    else { throw .misplaced(number) }
    guard used <= BlockGeometry.payloadCount else { throw .malformed(number, offset: fields + 24) }
  }

  /// Completes a block whose payload is written: sums, fields and CRCs.
  /// - Parameter block: all 65,536 bytes.
  package func seal(_ block: inout MutableRawSpan) {
    StoredSums.write(to: &block)
    let fields = BlockGeometry.fieldOffset
    block.storeLittleEndian(BlockTrailer.magic, at: fields)
    block.storeLittleEndian(kind.rawValue, at: fields + 4)
    block.storeLittleEndian(UInt64(number.value), at: fields + 8)
    block.storeLittleEndian(identity, at: fields + 16)
    block.storeLittleEndian(UInt32(used), at: fields + 24)
    for offset in stride(from: BlockTrailer.end, to: BlockGeometry.checkOffset, by: 4) {
      block.storeLittleEndian(0 as UInt32, at: offset)
    }
    SectorChecks.write(to: &block)
  }
}
