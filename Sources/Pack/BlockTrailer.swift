import Wire

/// What a block says of itself behind its payload.
package struct BlockTrailer: Equatable, Sendable {
  /// What the payload is.
  package var kind: BlockKind
  /// Which block of its pack it is.
  package var number: BlockNumber
  /// Which pack it belongs to.
  package var identity: UInt64
  /// Bytes of payload in use, from its beginning.
  package var used: Int

  static let magic: UInt32 = 0x4254_4843
  /// Where what it says ends: from there to the check of the last sector are zeros.
  static let end = BlockGeometry.sectorCheckOffset + 4 * Int(Sector.last.number)

  /// A trailer with these fields.
  package init(kind: BlockKind, number: BlockNumber, identity: UInt64, used: Int) {
    self.kind = kind
    self.number = number
    self.identity = identity
    self.used = used
  }
}

/// What the payload of a block is.
package enum BlockKind: UInt32, Sendable {
  /// The first block, which says where everything is.
  case superblock = 1
  /// Records, heads and bodies.
  case data = 2
  /// Entries of the index.
  case index = 3
}
