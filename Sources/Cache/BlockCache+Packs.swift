import Pack
import Wire

/// Which packs the cache holds blocks of.
extension BlockCache {
  /// Has a slot that is free hold blocks of a pack from here on.
  package mutating func mount(_ identity: UInt64, at slot: PackSlot) {
    precondition(identities[slot.number] == nil, "the slot is in use")
    identities[slot.number] = identity
  }

  /// A slot that is free; nil when all are in use.
  package var freeSlot: PackSlot? {
    identities.indices.first { identities[$0] == nil }.map { PackSlot($0) }
  }

  /// Forgets the blocks of a slot, and frees it unless one of them is held, or on its way.
  /// - Returns: whether the slot is free.
  package mutating func unmount(_ slot: PackSlot) -> Bool {
    guard identities[slot.number] != nil else { return true }
    var isFree = true
    for place in places.indices where table[places[place].block] == place && PackSlot(of: places[place].block) == slot {
      let queue = queues.queue(of: place)
      guard !places[place].isHeld, queue == .small || queue == .main else {
        isFree = false
        continue
      }
      queues.remove(place)
      counters.evictions += 1
      counters.resident -= 1
      table.remove(places[place].block)
      places[place] = Place()
      queues.append(place, to: .free)
    }
    if isFree { identities[slot.number] = nil }
    return isFree
  }
}
