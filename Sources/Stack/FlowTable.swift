import TCP
import Wire

/// Finds what a flow has come to: a table of fixed size with open addressing, at most half full.
///
/// Keys are mixed with a secret, so that nobody outside can choose flows that fall together.
struct FlowTable: ~Copyable {
  /// A place: a flow and what it has come to, or nothing where the bits are zero. All of it lies in one cache line.
  struct Slot {
    var bits: UInt64 = 0
    var reference: UInt32 = 0
    var local: UInt16 = 0

    func holds(_ key: FlowKey) -> Bool { bits == key.bits && local == key.local }
  }

  private var slots: Table<Slot>
  private let mask: Int
  private let secret: UInt64

  /// Flows in the table.
  private(set) var count = 0

  /// A table for so many flows.
  init(capacity: Int, secret: SipHash) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = Table(repeating: Slot(), count: size)
    mask = size - 1
    self.secret = secret.hash(0x666C_6F77, 0) | 1
  }

  /// What the flow has come to, if it is known.
  subscript(key: FlowKey) -> FlowReference? {
    var slot = home(key)
    while slots[slot].bits != 0 {
      if slots[slot].holds(key) { return FlowReference(bits: slots[slot].reference) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Enters a flow, or changes what it has come to.
  mutating func set(_ key: FlowKey, to reference: FlowReference) {
    var slot = home(key)
    while slots[slot].bits != 0, !slots[slot].holds(key) { slot = (slot + 1) & mask }
    if slots[slot].bits == 0 {
      precondition(count * 2 <= mask, "the tables that flows lead to are smaller than this one")
      count += 1
    }
    slots[slot] = Slot(bits: key.bits, reference: reference.bits, local: key.local)
  }

  /// Forgets a flow, if it still leads to `reference`.
  mutating func remove(_ key: FlowKey, ifAt reference: FlowReference) {
    var slot = home(key)
    while !slots[slot].holds(key) {
      if slots[slot].bits == 0 { return }
      slot = (slot + 1) & mask
    }
    guard slots[slot].reference == reference.bits else { return }
    count -= 1
    closeGap(at: slot)
  }

  /// Moves later entries of the same cluster up, so that no search ends too early (Knuth, 6.4 algorithm R).
  private mutating func closeGap(at slot: Int) {
    var gap = slot
    var next = (gap + 1) & mask
    while slots[next].bits != 0 {
      let home = home(FlowKey(bits: slots[next].bits, local: slots[next].local))
      if (next - home) & mask >= (next - gap) & mask {
        slots[gap] = slots[next]
        gap = next
      }
      next = (next + 1) & mask
    }
    slots[gap] = Slot()
  }

  private func home(_ key: FlowKey) -> Int {
    var mixed = (key.bits ^ UInt64(key.local) << 20 ^ secret) &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 29
    mixed = mixed &* (secret | 1)
    return Int(truncatingIfNeeded: mixed >> 32) & mask
  }
}
