package import Pack

/// One of the packs whose blocks a cache can hold at the same time: several sites are served, and while a new pack of one is
/// served, answers out of the one before are still on their way.
///
/// In the cache, and wherever its blocks are spoken of, a block's number is that in its pack with the slot in the bits above.
package struct PackSlot: Hashable, Sendable {
  /// The number of the slot, from 0.
  package let number: Int

  /// How many slots there are.
  package static let count = 32
  /// The most blocks of a pack that is served: 2 TiB.
  package static let mostBlocks: UInt32 = 1 << 25

  /// The slot with this number.
  package init(_ number: Int) {
    precondition(number >= 0 && number < PackSlot.count, "no such slot")
    self.number = number
  }

  /// The slot of a block in the cache.
  package init(of block: BlockNumber) {
    self.init(Int(block.value / PackSlot.mostBlocks) % PackSlot.count)
  }

  /// What a block of the slot's pack is called in the cache. A number that no pack has stays within the slot.
  package func block(_ own: BlockNumber) -> BlockNumber {
    BlockNumber(UInt32(number) * PackSlot.mostBlocks | own.value % PackSlot.mostBlocks)
  }

  /// What a block in the cache is called in its pack.
  package static func own(_ block: BlockNumber) -> BlockNumber {
    BlockNumber(block.value % PackSlot.mostBlocks)
  }
}
