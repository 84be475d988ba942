import Wire

/// The hash under which a path is found: FNV-1a of its bytes (draft-eastlake-fnv), begun with the pack's seed, and a finish.
package struct PathHash: Hashable, Comparable, Sendable {
  /// The hash.
  package let value: UInt64

  /// The hash that stands in an index entry.
  package init(_ value: UInt64) {
    self.value = value
  }

  /// The hash of a path: decoded, without dot segments, from its first slash on.
  package init(_ path: RawSpan, seed: UInt64) {
    var hash = 0xCBF2_9CE4_8422_2325 ^ seed
    for offset in 0..<path.byteCount {
      hash = (hash ^ UInt64(path.byte(at: offset))) &* 0x0000_0100_0000_01B3
    }
    // FNV leaves the high bits, which choose the block, too regular: the finish of MurmurHash3 spreads them.
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    value = hash ^ hash >> 33
  }

  /// Orders hashes as the entries of an index block are ordered.
  package static func < (left: PathHash, right: PathHash) -> Bool { left.value < right.value }

  /// Which of `count` index blocks holds the entry: equal shares of the hashes in ascending order.
  package func indexBlock(of count: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: value.multipliedFullWidth(by: UInt64(count)).high)
  }
}

extension Superblock {
  /// The block that holds the entry of a path, if there is one.
  package func indexBlock(for hash: PathHash) -> BlockNumber {
    firstIndexBlock + hash.indexBlock(of: indexBlockCount)
  }
}
