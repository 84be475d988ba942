import Pack

/// Finds the number that stands for a block: a table of fixed size with open addressing, at most half full.
struct BlockTable {
  private var keys: [UInt32]
  private var values: [UInt32]
  private let mask: Int

  /// Blocks in the table.
  private(set) var count = 0

  private static let empty = UInt32.max

  /// A table for so many blocks.
  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    keys = Array(repeating: BlockTable.empty, count: size)
    values = Array(repeating: 0, count: size)
    mask = size - 1
  }

  /// The number that stands for a block.
  subscript(block: BlockNumber) -> Int? {
    var slot = home(block.value)
    while keys[slot] != BlockTable.empty {
      if keys[slot] == block.value { return Int(values[slot]) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Enters a block that is not in the table.
  mutating func insert(_ block: BlockNumber, _ number: Int) {
    precondition(count * 2 <= mask, "the table holds no more")
    var slot = home(block.value)
    while keys[slot] != BlockTable.empty { slot = (slot + 1) & mask }
    keys[slot] = block.value
    values[slot] = UInt32(number)
    count += 1
  }

  /// Takes a block out, if it is in the table.
  mutating func remove(_ block: BlockNumber) {
    var gap = home(block.value)
    while keys[gap] != block.value {
      if keys[gap] == BlockTable.empty { return }
      gap = (gap + 1) & mask
    }
    count -= 1
    // Later entries of the cluster move up, so that no search ends too early (Knuth, 6.4 algorithm R).
    var next = (gap + 1) & mask
    while keys[next] != BlockTable.empty {
      if (next - home(keys[next])) & mask >= (next - gap) & mask {
        keys[gap] = keys[next]
        values[gap] = values[next]
        gap = next
      }
      next = (next + 1) & mask
    }
    keys[gap] = BlockTable.empty
  }

  private func home(_ key: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
  }
}
