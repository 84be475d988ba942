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

  /// Finds the record of a path.
  mutating func find(_ path: RawSpan, for id: ConnectionID) -> Finding {
    let hash = PathHash(path, seed: superblock.hashSeed)
    let index = superblock.indexBlock(for: hash)
    var candidate = 0
    while true {
      guard cache.request(index, by: id.index) == .resident else { return .waiting }
      switch entry(candidate, of: hash, in: index) {
      case .failure: return .corrupt
      case .success(nil): return .nothing
      case .success(let location?):
        guard location.block.value < superblock.blockCount else { return .corrupt }
        guard cache.request(location.block, by: id.index) == .resident else { return .waiting }
        let payload = cache.payload(of: location.block)
        guard let record = try? Record(parsing: payload, at: location) else { return .corrupt }
        if payload.extracting(record.path).elementsEqual(path) { return .found(record, location.block) }
        candidate += 1
      }
    }
  }

  /// The location under a hash; of several, the one with a number from 0.
  private func entry(
    _ number: Int, of hash: PathHash, in block: BlockNumber
  ) -> Result<RecordLocation?, PackError> {
    let payload = cache.payload(of: block)
    do {
      let count = try IndexBlock.count(of: payload, block)
      let position = IndexBlock.lowerBound(of: hash, in: payload, count: count) + number
      guard position < count else { return .success(nil) }
      let entry = IndexBlock.entry(position, of: payload)
      return .success(entry.hash == hash ? entry.record : nil)
    } catch {
      return .failure(error)
    }
  }
}
