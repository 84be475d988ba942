import Wire

/// What must be true of a pack beyond what a server has to look at: for whoever checks a pack as a whole.
///
/// A server verifies each block it reads, and trusts nothing in it. That leaves contradictions between blocks, and sums and
/// heads that are wrong but intact. These checks take a block at a time; reading them is up to the caller.
package enum PackCheck {
  /// Checks a block as it was read: its check, place and pack, that it is of the kind that belongs there, its stored sums,
  /// and that nothing but zeros stands where nothing is used.
  /// - Throws: `corrupt`, `misplaced`, `malformed`.
  package static func block(
    _ bytes: RawSpan, as number: BlockNumber, of superblock: Superblock
  ) throws(PackError) -> BlockTrailer {
    let trailer = try BlockTrailer(verifying: bytes, as: number, of: superblock.identity)
    guard trailer.kind == superblock.kind(of: number) else {
      throw .malformed(number, offset: BlockGeometry.fieldOffset + 4)
    }
    if let cell = StoredSums.firstWrongCell(in: bytes) {
      throw .malformed(number, offset: BlockGeometry.sumOffset + 2 * cell)
    }
    try expectZeros(in: bytes, trailer.used..<BlockGeometry.payloadCount, number)
    try expectZeros(in: bytes, BlockTrailer.end..<BlockGeometry.checkOffset, number)
    if trailer.kind == .superblock { try expectZeros(in: bytes, Superblock.reserved, number) }
    return trailer
  }

  /// Checks that a range of a block is nothing but zeros: eight are looked at at a time.
  private static func expectZeros(
    in bytes: RawSpan, _ range: Range<Int>, _ number: BlockNumber
  ) throws(PackError) {
    var offset = range.lowerBound
    while offset + 8 <= range.upperBound, bytes.littleEndianUInt64(at: offset) == 0 { offset += 8 }
    if let offset = (offset..<range.upperBound).first(where: { bytes.byte(at: $0) != 0 }) {
      throw .malformed(number, offset: offset)
    }
  }

  /// Checks a block of the index: entries ascend, and each belongs into this block and leads to a block of data, in a group
  /// that does not reach beyond the data.
  /// - Returns: how many entries there are.
  /// - Throws: `malformed`.
  package static func index(
    _ bytes: RawSpan, as number: BlockNumber, of superblock: Superblock
  ) throws(PackError) -> Int {
    let count = try IndexBlock.count(of: bytes, number)
    try expectZeros(in: bytes, IndexBlock.reserved, number)
    var previous = PathHash(0)
    for position in 0..<count {
      let entry = IndexBlock.entry(position, of: bytes)
      let offset = IndexBlock.firstEntry + position * IndexEntry.byteCount
      guard entry.hash >= previous, superblock.indexBlock(for: entry.hash) == number,
        superblock.kind(of: entry.record.block) == .data,
        superblock.group(of: entry).count == Int(entry.reach.before) + 1 + Int(entry.reach.behind)
      else { throw .malformed(number, offset: offset) }
      previous = entry.hash
    }
    return count
  }

  /// Checks the record that an entry of the index leads to: it is there, its path has the hash, its codings ascend, its
  /// heads are what heads are, its bodies lie in blocks of data, and nothing but zeros stands between its fields and behind
  /// them.
  /// - Throws: `malformed`.
  package static func record(
    _ entry: IndexEntry, in bytes: RawSpan, of superblock: Superblock
  ) throws(PackError) -> Record {
    let location = entry.record
    let record = try Record(parsing: bytes, at: location)
    guard PathHash(bytes.extracting(record.path), seed: superblock.hashSeed) == entry.hash,
      bytes.byte(at: record.path.lowerBound) == UInt8(ascii: "/")
    else { throw .malformed(location.block, offset: location.offset) }
    let end = location.offset + Int(bytes.littleEndianUInt32(at: location.offset + 4))
    try expectZeros(in: bytes, record.fields.upperBound..<end, location.block)
    var previous: Representation.Coding?
    for index in 0..<record.representationCount {
      for range in record.reserved(of: index) { try expectZeros(in: bytes, range, location.block) }
      let representation = try record.representation(index, of: bytes, location.block)
      let body = representation.body
      guard index == 0 ? representation.coding == .identity : representation.coding > previous ?? .identity,
        body.count == 0 || (superblock.kind(of: body.block) == .data && superblock.kind(of: body.lastBlock) == .data)
      else { throw .malformed(location.block, offset: location.offset) }
      previous = representation.coding
      try head(of: representation, in: bytes, location.block)
    }
    return record
  }
}

extension Superblock {
  /// What a block with this number is; nil for a number beyond the pack.
  package func kind(of number: BlockNumber) -> BlockKind? {
    if number.value == 0 { return .superblock }
    if number < firstIndexBlock { return .data }
    if number < firstIndexBlock + indexBlockCount { return .index }
    return nil
  }
}
