import Pack

/// The numbers of blocks that have left the small queue, the oldest forgotten first.
struct GhostQueue: ~Copyable {
  private var table: BlockTable
  private var ring: [BlockNumber?]
  private var position = 0

  /// A queue of so many.
  init(capacity: Int) {
    table = BlockTable(capacity: capacity)
    ring = Array(repeating: nil, count: capacity)
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
