import Pack

/// The index of a pack: in which of its blocks each entry stands.
struct PathIndex {
  /// What the index says of a path.
  struct Target {
    /// The path.
    var path: String
    /// Where its record stands.
    var record: RecordLocation
    /// How far its group reaches.
    var reach: GroupReach
  }

  /// What the hashes of the paths begin with.
  let seed: UInt64
  /// The entries of each block, in ascending order.
  let shares: [ArraySlice<IndexEntry>]

  /// Entries in all blocks.
  var entryCount: Int { shares.reduce(0) { $0 + $1.count } }

  /// Blocks are filled to three quarters on average. With 4,014 places the chance that one of them overflows is then of no
  /// practical size; should it happen all the same, another seed makes other shares.
  init(_ targets: [Target]) {
    let count = UInt32(targets.count * 4 / (IndexBlock.capacity * 3) + 1)
    var seed: UInt64 = 0
    var shares = PathIndex.shares(of: targets, seed: seed, count: count)
    while shares.contains(where: { $0.count > IndexBlock.capacity }) {
      seed += 1
      shares = PathIndex.shares(of: targets, seed: seed, count: count)
    }
    self.seed = seed
    self.shares = shares
  }

  private static func shares(
    of targets: [Target], seed: UInt64, count: UInt32
  ) -> [ArraySlice<IndexEntry>] {
    let entries = targets.map { target in
      let path = Array(target.path.utf8)
      return IndexEntry(hash: PathHash(path.bytes, seed: seed), record: target.record, reach: target.reach)
    }.sorted { ($0.hash, $0.record.block, $0.record.offset) < ($1.hash, $1.record.block, $1.record.offset) }
    var shares: [ArraySlice<IndexEntry>] = []
    var start = 0
    for block in 0..<count {
      let end = entries[start...].firstIndex { $0.hash.indexBlock(of: count) != block } ?? entries.count
      shares.append(entries[start..<end])
      start = end
    }
    return shares
  }
}
