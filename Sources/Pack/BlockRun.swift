/// Consecutive blocks of a pack: what one read can bring.
package struct BlockRun: Equatable, Sendable {
  /// The first of them.
  package var first: BlockNumber
  /// How many there are.
  package var count: Int

  /// So many blocks from this one on.
  package init(first: BlockNumber, count: Int) {
    self.first = first
    self.count = count
  }

  /// The block behind the last.
  package var end: BlockNumber { first + UInt32(count) }

  /// Whether a block is one of them.
  package func contains(_ block: BlockNumber) -> Bool { first <= block && block < end }
}

/// The group of a record, as an index entry says it: how far it reaches to either side of the record's block.
///
/// A group is what a client asks for together: a page and what it embeds. One read brings all of it.
package struct GroupReach: Equatable, Sendable {
  /// Blocks of the group before that of the record.
  package var before: UInt8
  /// Blocks of the group behind that of the record.
  package var behind: UInt8

  /// The record's block alone.
  package static let alone = GroupReach(before: 0, behind: 0)

  /// The most blocks of a group, so that any block of it can say how far it reaches.
  package static let largestCount = 256

  /// A reach to both sides.
  package init(before: UInt8, behind: UInt8) {
    self.before = before
    self.behind = behind
  }

  /// How far a group reaches from one of its blocks. Traps when it is none of them, or there are too many.
  package init(of run: BlockRun, from block: BlockNumber) {
    precondition(run.contains(block) && run.count <= GroupReach.largestCount, "no block of a group")
    before = UInt8(block.value - run.first.value)
    behind = UInt8(run.end.value - block.value - 1)
  }
}

extension Superblock {
  /// The blocks of an entry's group, all of which are blocks of data; none when the record is in no block of data. The
  /// block of the record is the first to be waited for, and all of them are best read together.
  package func group(of entry: IndexEntry) -> BlockRun {
    let block = entry.record.block
    guard kind(of: block) == .data else { return BlockRun(first: block, count: 0) }
    let first = max(block.value - min(block.value, UInt32(entry.reach.before)), 1)
    let end = min(UInt64(block.value) + UInt64(entry.reach.behind) + 1, UInt64(firstIndexBlock.value))
    return BlockRun(first: BlockNumber(first), count: Int(end - UInt64(first)))
  }
}
