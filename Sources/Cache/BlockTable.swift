import Pack
import Wire

/// Finds the place of a block: a table of fixed size with open addressing, at most half full.
struct BlockTable: ~Copyable {
  private var blocks: Table<UInt32>
  private var places: Table<UInt32>
  private let mask: Int

  /// Blocks in the table.
  private(set) var count = 0

  /// No place: every number may be a block's, so it is the place that says whether a slot is taken.
  private static let none = UInt32.max

  /// A table for so many blocks.
  init(capacity: Int) {
    let size = BlockTable.slotCount(capacity: capacity)
    blocks = Table(repeating: 0, count: size)
    places = Table(repeating: BlockTable.none, count: size)
    mask = size - 1
  }

  /// Bytes of a table for so many blocks.
  static func byteCount(capacity: Int) -> Int { slotCount(capacity: capacity) * 2 * MemoryLayout<UInt32>.stride }

  private static func slotCount(capacity: Int) -> Int {
    var count = 16
    while count < capacity * 2 { count *= 2 }
    return count
  }

  /// Where a block is.
  @inline(__always)
  subscript(block: BlockNumber) -> Int? {
    var slot = home(block.value)
    while places[slot] != BlockTable.none {
      if blocks[slot] == block.value { return Int(places[slot]) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Enters a block that is not in the table.
  mutating func insert(_ block: BlockNumber, at place: Int) {
    precondition(count * 2 <= mask, "the table holds no more")
    var slot = home(block.value)
    while places[slot] != BlockTable.none { slot = (slot + 1) & mask }
    blocks[slot] = block.value
    places[slot] = UInt32(place)
    count += 1
  }

  /// Takes a block out, if it is in the table.
  mutating func remove(_ block: BlockNumber) {
    var gap = home(block.value)
    while blocks[gap] != block.value || places[gap] == BlockTable.none {
      if places[gap] == BlockTable.none { return }
      gap = (gap + 1) & mask
    }
    count -= 1
    // Later entries of the cluster move up, so that no search ends too early (Knuth, volume 3, 6.4 algorithm R).
    var next = (gap + 1) & mask
    while places[next] != BlockTable.none {
      if (next - home(blocks[next])) & mask >= (next - gap) & mask {
        blocks[gap] = blocks[next]
        places[gap] = places[next]
        gap = next
      }
      next = (next + 1) & mask
    }
    places[gap] = BlockTable.none
  }

  @inline(__always)
  private func home(_ block: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(block) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
  }
}
