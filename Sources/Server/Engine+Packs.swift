package import Cache
import HTTP
package import Pack
import Stack

/// Which pack is served, and what becomes of those before.
extension Engine {
  /// Serves another pack of a site from here on. Answers that have begun come from the pack they began with; requests that wait are
  /// looked at again, in the new one.
  /// - Returns: the slot of its blocks; nil when every slot is in use by answers that are on their way.
  package mutating func mount(_ pack: Superblock, of site: SiteNumber = SiteNumber(0)) -> PackSlot? {
    precondition(pack.blockCount <= PackSlot.mostBlocks, "too large to be served")
    guard let free = cache.freeSlot else { return nil }
    cache.mount(pack.identity, at: free)
    leaving.append(sites[site].slot)
    sites[site] = SiteTable.Site(superblock: pack, slot: free)
    answers.forget(in: &heads)
    sessions.forgetLookups()
    return free
  }

  /// A slot whose pack is needed no more; nil when there is none for now.
  package mutating func nextUnmounted() -> PackSlot? {
    for (place, slot) in leaving.enumerated() {
      guard !sessions.isReading(slot, plans), cache.unmount(slot) else { continue }
      leaving.remove(at: place)
      return slot
    }
    return nil
  }

  /// Whether a pack that was served before is still needed.
  package var isLeaving: Bool { !leaving.isEmpty }
}

extension Representation {
  /// The same where the block that its record is in stands in the cache.
  func moved(beside block: BlockNumber) -> Representation {
    var moved = self
    moved.body.block = PackSlot(of: block).block(body.block)
    return moved
  }
}
