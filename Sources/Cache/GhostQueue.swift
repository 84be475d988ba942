import Pack
import Wire

/// The numbers of blocks that have left the small queue, the oldest forgotten first.
struct GhostQueue: ~Copyable {
  private var table: BlockTable
  private var ring: Table<BlockNumber?>
  private var position = 0

  /// A queue of so many.
  init(capacity: Int) {
    table = BlockTable(capacity: capacity)
    ring = Table(repeating: nil, count: capacity)
  }

  /// Bytes of a queue of so many.
  static func byteCount(capacity: Int) -> Int {
    BlockTable.byteCount(capacity: capacity) + capacity * MemoryLayout<BlockNumber?>.stride
  }

  /// Remembers a block.
  mutating func insert(_ block: BlockNumber) {
    guard table[block] == nil else { return }
    if let oldest = ring[position] { table.remove(oldest) }
    ring[position] = block
    table.insert(block, at: position)
    position = (position + 1) % ring.count
  }

  /// Forgets a block.
  /// - Returns: whether it was remembered.
  mutating func remove(_ block: BlockNumber) -> Bool {
    guard let place = table[block] else { return false }
    ring[place] = nil
    table.remove(block)
    return true
  }
}
