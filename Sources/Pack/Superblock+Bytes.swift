import Wire

extension Superblock {
  /// Reads the first block of a pack.
  /// - Parameter block: all 65,536 bytes.
  /// - Throws: `notAPack`, `unknownVersion`, `corrupt`, `malformed`.
  package init(parsing block: RawSpan) throws(PackError) {
    // Magic and version come before the CRC: a reader of another version may guard its blocks in another way.
    guard block.byteCount >= 12, block.littleEndianUInt64(at: 0) == Superblock.magic else { throw .notAPack }
    let version = block.littleEndianUInt32(at: 8)
    guard version == Superblock.version else { throw .unknownVersion(version) }
    let first = BlockNumber(0)
    guard block.byteCount == BlockGeometry.byteCount else {
      throw .truncated(expected: UInt64(BlockGeometry.byteCount), actual: UInt64(block.byteCount))
    }
    let trailer = try BlockTrailer(verifying: block, as: first, of: nil)
    guard trailer.kind == .superblock, block.littleEndianUInt32(at: 12) == UInt32(BlockGeometry.byteCount) else {
      throw .malformed(first, offset: 12)
    }
    self.blockCount = block.littleEndianUInt32(at: 16)
    self.indexBlockCount = block.littleEndianUInt32(at: 20)
    self.identity = trailer.identity
    self.hashSeed = block.littleEndianUInt64(at: 24)
    self.entryCount = block.littleEndianUInt64(at: 32)
    self.firstIndexBlock = BlockNumber(block.littleEndianUInt32(at: 40))
    let notFoundBlock = block.littleEndianUInt32(at: 44)
    let notFoundOffset = Int(block.littleEndianUInt32(at: 48))
    self.notFound =
      notFoundBlock == 0 ? nil : RecordLocation(block: BlockNumber(notFoundBlock), offset: notFoundOffset)
    self.codingRule = block.littleEndianUInt64(at: 56)
    let rulesBlock = block.littleEndianUInt32(at: 64)
    self.rules =
      rulesBlock == 0
      ? nil : RecordLocation(block: BlockNumber(rulesBlock), offset: Int(block.littleEndianUInt32(at: 68)))
    self.errorPages = ErrorPages(parsing: block, at: Superblock.errorPagesOffset)
    let indexEnd = UInt64(firstIndexBlock.value) + UInt64(indexBlockCount)
    guard indexBlockCount > 0, firstIndexBlock.value > 0, indexEnd == UInt64(blockCount), notFoundBlock < blockCount,
      rulesBlock < blockCount, errorPages.isValid(before: firstIndexBlock),
      blockCount <= BlockGeometry.largestBlockCount
    else { throw .malformed(first, offset: 16) }
  }

  /// Writes the payload of the first block.
  package func write(to block: inout MutableRawSpan) {
    block.storeLittleEndian(Superblock.magic, at: 0)
    block.storeLittleEndian(Superblock.version, at: 8)
    block.storeLittleEndian(UInt32(BlockGeometry.byteCount), at: 12)
    block.storeLittleEndian(blockCount, at: 16)
    block.storeLittleEndian(indexBlockCount, at: 20)
    block.storeLittleEndian(hashSeed, at: 24)
    block.storeLittleEndian(entryCount, at: 32)
    block.storeLittleEndian(firstIndexBlock.value, at: 40)
    block.storeLittleEndian(notFound?.block.value ?? 0, at: 44)
    block.storeLittleEndian(UInt32(notFound?.offset ?? 0), at: 48)
    block.storeLittleEndian(codingRule, at: 56)
    block.storeLittleEndian(rules?.block.value ?? 0, at: 64)
    block.storeLittleEndian(UInt32(rules?.offset ?? 0), at: 68)
    errorPages.write(to: &block, at: Superblock.errorPagesOffset)
    BlockTrailer(kind: .superblock, number: BlockNumber(0), identity: identity, used: Superblock.byteCount).seal(&block)
  }
}
