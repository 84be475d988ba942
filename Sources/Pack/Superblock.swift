/// What the first block says of the whole pack.
package struct Superblock: Equatable, Sendable {
  /// The version this reader and writer speak.
  package static let version: UInt32 = 4
  /// `CHEETAH\n`, as a little-endian number.
  static let magic: UInt64 = 0x0A48_4154_4545_4843
  /// Bytes of the payload in use.
  static let byteCount = errorPagesOffset + ErrorPages.byteCount
  static let errorPagesOffset = 72
  /// What of it is zero.
  static let reserved = 52..<56

  /// Blocks in the pack, this one included.
  package var blockCount: UInt32
  /// Tells this pack from any other: from the content of everything in it.
  package var identity: UInt64
  /// What path hashes are mixed with.
  package var hashSeed: UInt64
  /// The first block of the index.
  package var firstIndexBlock: BlockNumber
  /// Blocks of the index, one after the other.
  package var indexBlockCount: UInt32
  /// Entries in the index: paths that can be asked for.
  package var entryCount: UInt64
  /// The record whose body is sent for paths that are not there; nil for a plain message.
  package var notFound: RecordLocation?

  /// A number of the writer's own, for how it codes content; a reader has no use for it.
  package var codingRule: UInt64
  /// The rules for paths that are not there; nil where the site has none.
  package var rules: RecordLocation?
  /// The pages for errors, but for what is not there.
  package var errorPages = ErrorPages()

  /// A superblock with these fields.
  package init(
    blockCount: UInt32, identity: UInt64, hashSeed: UInt64, firstIndexBlock: BlockNumber, indexBlockCount: UInt32,
    entryCount: UInt64, notFound: RecordLocation?, codingRule: UInt64 = 0, rules: RecordLocation? = nil
  ) {
    self.blockCount = blockCount
    self.identity = identity
    self.hashSeed = hashSeed
    self.firstIndexBlock = firstIndexBlock
    self.indexBlockCount = indexBlockCount
    self.entryCount = entryCount
    self.notFound = notFound
    self.codingRule = codingRule
    self.rules = rules
  }

  /// Bytes of the whole pack.
  package var byteCount: UInt64 { UInt64(blockCount) * UInt64(BlockGeometry.byteCount) }
}

/// Where a record stands.
package struct RecordLocation: Hashable, Sendable {
  /// The block.
  package var block: BlockNumber
  /// The record's first byte in the payload, a multiple of 8.
  package var offset: Int

  /// What offsets of records are multiples of.
  package static let alignment = 8

  /// A record at this place.
  package init(block: BlockNumber, offset: Int) {
    self.block = block
    self.offset = offset
  }
}
