import TCP
import Wire

/// Finds what a flow has come to: a table of fixed size with open addressing, at most two thirds full.
///
/// Keys are mixed with a secret, so that nobody outside can choose flows that fall together.
struct FlowTable: ~Copyable {
  /// A place: a flow and what it has come to, or nothing where the bits are zero. All of it, 32 bytes, lies in one cache
  /// line.
  struct Slot {
    var peer = IPAddress(.unspecified)
    var bits: UInt64 = 0
    var reference: UInt32 = 0

    var key: FlowKey { FlowKey(peer: peer, bits: bits) }

    func holds(_ key: FlowKey) -> Bool { bits == key.bits && peer == key.peer }
  }

  private var slots: Table<Slot>
  private let mask: Int
  private let secret: UInt64
  private let secret2: UInt64

  /// Flows in the table.
  private(set) var count = 0

  /// A table for so many flows.
  init(capacity: Int, secret: SipHash) {
    let size = FlowTable.size(for: capacity)
    slots = Table(repeating: Slot(), count: size)
    mask = size - 1
    self.secret = secret.hash(0x666C_6F77, 0)
    secret2 = secret.hash(0x666C_6F77, 1)
  }

  /// Places for so many flows: a power of two, for at most half of them are taken.
  private static func size(for capacity: Int) -> Int {
    var size = 16
    while size < capacity * 3 / 2 { size *= 2 }
    return size
  }

  /// Bytes that a table for so many flows takes.
  static func byteCount(capacity: Int) -> Int { Table<Slot>.byteCount(capacity: size(for: capacity)) }

  /// What the flow has come to, if it is known.
  @inline(__always)
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
      precondition(count * 3 <= mask * 2 + 2, "the tables that flows lead to are smaller than this one")
      count += 1
    }
    slots[slot] = Slot(peer: key.peer, bits: key.bits, reference: reference.bits)
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
      let home = home(slots[next].key)
      if (next - home) & mask >= (next - gap) & mask {
        slots[gap] = slots[next]
        gap = next
      }
      next = (next + 1) & mask
    }
    slots[gap] = Slot()
  }

  /// Where the search for a flow begins: two products of the whole flow with the secret, folded, so that every bit of the
  /// address counts, of which a peer of version 6 may choose 64.
  private func home(_ key: FlowKey) -> Int {
    let first = (key.peer.mapped.low ^ secret).multipliedFullWidth(by: key.bits ^ secret2)
    let mixed = first.high ^ first.low ^ key.peer.mapped.high
    let second = mixed.multipliedFullWidth(by: secret | 1)
    return Int(truncatingIfNeeded: second.high ^ second.low) & mask
  }
}
