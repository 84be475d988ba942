import Cache
import Pack
import Stack
import Wire

/// Finding the record of a path: one block of the index, then the block of the record.
extension Engine {
  /// What was found.
  enum Finding {
    /// A block is on its way.
    case waiting
    /// The pack says something that cannot be.
    case corrupt
    /// There is no such path.
    case nothing
    /// This record, in this block, which is in memory until the next request to the cache.
    case found(Record, BlockNumber)
  }

  /// What came of a look at the index.
  private enum IndexAnswer {
    /// Its block is on its way.
    case waiting
    /// Its block says something that cannot be.
    case corrupt
    /// This is what it says.
    case known(Lookup)
  }

  /// Finds the record of a path.
  mutating func find(_ path: RawSpan, for id: ConnectionID) -> Finding {
    let hash = PathHash(path, seed: superblock.hashSeed)
    // What the index said is kept while the record is on its way: so a single frame is enough to go on.
    var known = sessions[id].lookup.take()
    if known?.hash != hash { known = nil }
    var rejected = known?.rejected ?? 0
    while true {
      if known == nil {
        switch lookUp(hash, rejected, for: id) {
        case .waiting: return .waiting
        case .corrupt: return .corrupt
        case .known(let lookup): known = lookup
        }
      }
      sessions[id].lookup = known
      guard let entry = known?.entry else {
        sessions[id].group = nil
        return .nothing
      }
      guard entry.record.block.value < superblock.blockCount else { return .corrupt }
      let location = located(entry.record)
      let group = superblock.group(of: entry)
      sessions[id].group = BlockRun(first: slot.block(group.first), count: group.count)
      guard has(location.block, from: location.offset, for: id, worth: .head) else {
        prefetchGroup(of: id, for: location.block)
        return .waiting
      }
      let payload = cache.payload(of: location.block)
      guard let record = try? Record(parsing: payload, at: location) else { return .corrupt }
      if payload.extracting(record.path).elementsEqual(path) { return .found(record, location.block) }
      rejected += 1
      known = nil
    }
  }

  /// Whether a block is in memory, from a byte of it on; when it is not, the session is told when it comes.
  mutating func has(
    _ block: BlockNumber, from offset: Int, for id: ConnectionID, worth: Worth = .ordinary
  ) -> Bool {
    if cache.request(block, from: offset, by: id.index, worth: worth) == .resident { return true }
    sessions[id].hasMissed = true
    return false
  }

  /// Asks the index for what stands under a hash, behind those that were rejected.
  private mutating func lookUp(_ hash: PathHash, _ rejected: Int, for id: ConnectionID) -> IndexAnswer {
    let index = slot.block(superblock.indexBlock(for: hash))
    guard has(index, from: 0, for: id, worth: .index) else { return .waiting }
    let payload = cache.payload(of: index)
    guard let count = try? IndexBlock.count(of: payload, index) else { return .corrupt }
    let position = IndexBlock.lowerBound(of: hash, in: payload, count: count) + rejected
    var lookup = Lookup(hash: hash, rejected: rejected, entry: nil)
    if position < count, case let entry = IndexBlock.entry(position, of: payload), entry.hash == hash {
      lookup.entry = entry
    }
    return .known(lookup)
  }
}
