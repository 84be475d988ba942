/// The shape of a block: what every pack has in common (docs/FORMAT.md).
package enum BlockGeometry {
  /// Bytes of a block, on disk and in memory.
  package static let byteCount = 65_536
  /// Bytes of payload at the front of a block: 44 segments of 1,460 bytes.
  package static let payloadCount = 64_240
  /// Bytes of a cell: stored sums exist for every multiple of it.
  package static let cellCount = 128
  /// Stored sums in a block.
  package static let sumCount = 502
  /// Where the stored sums begin.
  package static let sumOffset = payloadCount
  /// Where the fields behind the sums begin.
  package static let fieldOffset = sumOffset + 2 * sumCount
  /// Where the checks of all sectors but the last begin.
  package static let sectorCheckOffset = fieldOffset + 28
  /// Where the check of the last sector stands: the last four bytes of the block.
  package static let checkOffset = byteCount - 4
  /// The most blocks of a pack, which are 128 TiB: the highest bit of a block's number is never set, and is left to those
  /// who put block numbers and other numbers into one word.
  package static let largestBlockCount: UInt32 = 0x7FFF_FFFF
}

/// The number of a block in its pack, from 0.
package struct BlockNumber: Hashable, Comparable, Sendable {
  /// The number.
  package let value: UInt32

  /// The block with this number.
  @inlinable
  package init(_ value: UInt32) {
    self.value = value
  }

  /// The block `count` further on.
  @inlinable
  package static func + (left: BlockNumber, count: UInt32) -> BlockNumber {
    BlockNumber(left.value &+ count)
  }

  /// Orders blocks as they stand in the pack.
  @inlinable
  package static func < (left: BlockNumber, right: BlockNumber) -> Bool {
    left.value < right.value
  }
}
