/// Why bytes are not the pack they were taken for. Every case names the block, and what was wrong in it.
package enum PackError: Error, Equatable {
  /// The first block does not begin with the magic bytes: not a pack at all.
  case notAPack
  /// A pack of a version this reader does not know.
  case unknownVersion(UInt32)
  /// The file is shorter than its superblock says, in bytes.
  case truncated(expected: UInt64, actual: UInt64)
  /// The CRC-32C of a block does not match its bytes.
  case corrupt(BlockNumber)
  /// A block says it is another block, or of another pack: it was written to, or read from, the wrong place.
  case misplaced(BlockNumber)
  /// A structure inside a block lies outside it or contradicts itself, at an offset of its payload.
  case malformed(BlockNumber, offset: Int)
}
