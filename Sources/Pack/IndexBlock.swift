import Wire

/// A block of the index: entries in ascending order of their hashes.
package enum IndexBlock {
  /// Where the first entry stands; before it is their number.
  static let firstEntry = 8
  /// What is zero.
  static let reserved = 4..<8

  /// The most entries a block holds.
  package static let capacity = (BlockGeometry.payloadCount - firstEntry) / IndexEntry.byteCount

  /// How many entries a verified block has.
  /// - Throws: `malformed` when they would not fit.
  package static func count(of block: RawSpan, _ number: BlockNumber) throws(PackError) -> Int {
    guard block.byteCount >= BlockGeometry.payloadCount else { throw .malformed(number, offset: block.byteCount) }
    let count = Int(block.littleEndianUInt32(at: 0))
    guard count <= capacity else { throw .malformed(number, offset: 0) }
    return count
  }

  /// The entry at a position, 0 to `count - 1`.
  package static func entry(_ position: Int, of block: RawSpan) -> IndexEntry {
    IndexEntry(parsing: block, at: firstEntry + position * IndexEntry.byteCount)
  }

  /// The position of the first entry whose hash is not below `hash`; those behind it may have the same.
  package static func lowerBound(of hash: PathHash, in block: RawSpan, count: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if entry(middle, of: block).hash < hash { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Writes the payload of an index block.
  /// - Parameter entries: in ascending order, at most `capacity`.
  package static func write(_ entries: [IndexEntry], to block: inout MutableRawSpan) {
    precondition(entries.count <= capacity, "an index block holds no more")
    block.storeLittleEndian(UInt32(entries.count), at: 0)
    for (position, entry) in entries.enumerated() {
      entry.write(to: &block, at: firstEntry + position * IndexEntry.byteCount)
    }
  }

  /// Bytes of the payload that so many entries use.
  package static func used(by count: Int) -> Int { firstEntry + count * IndexEntry.byteCount }
}
