import TCP
import Wire

/// Finds what a flow has come to: a table of fixed size with open addressing, at most two thirds full.
///
/// A place has no room for the flow itself, only for 32 bits of its hash; whoever searches looks the flow up where the
/// reference leads. Eight flows lie in a cache line, and those of a busy server in the processor's own cache.
///
/// Keys are mixed with a secret, so that nobody outside can choose flows that fall together.
struct FlowTable: ~Copyable {
  /// A place: what a flow has come to and the hash of the flow, whose low bits say where the search for it begins.
  struct Slot {
    /// The reference of a place that is free. There are not so many of any kind.
    static let free = UInt32.max

    var tag: UInt32 = 0
    var reference = Slot.free

    var isFree: Bool { reference == Slot.free }
  }

  /// A search for a flow, and how far it has come.
  struct Search {
    fileprivate let tag: UInt32
    fileprivate var slot: Int
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

  /// Places for so many flows: a power of two, for at most two thirds of them are taken.
  private static func size(for capacity: Int) -> Int {
    var size = 16
    while size < capacity * 3 / 2 { size *= 2 }
    return size
  }

  /// Bytes that a table for so many flows takes.
  static func byteCount(capacity: Int) -> Int { Table<Slot>.byteCount(capacity: size(for: capacity)) }

  /// Begins to search for a flow.
  @inline(__always)
  func search(for key: FlowKey) -> Search {
    let tag = hash(key)
    return Search(tag: tag, slot: home(tag))
  }

  /// What the flow may have come to: at all but one in some ten thousand searches, the first is right. Nil when there is
  /// nothing more, and the flow is unknown.
  @inline(__always)
  func next(_ search: inout Search) -> FlowReference? {
    while true {
      let slot = slots[search.slot]
      if slot.isFree { return nil }
      search.slot = (search.slot + 1) & mask
      if slot.tag == search.tag { return FlowReference(bits: slot.reference) }
    }
  }

  /// Enters a flow that is not in the table; traps where the table is full.
  mutating func insert(_ key: FlowKey, at reference: FlowReference) {
    precondition(count * 3 <= mask * 2 + 2, "the tables that flows lead to are smaller than this one")
    let tag = hash(key)
    var slot = home(tag)
    while !slots[slot].isFree { slot = (slot + 1) & mask }
    slots[slot] = Slot(tag: tag, reference: reference.bits)
    count += 1
  }

  /// A flow that leads to `old` leads to `new` from here on; traps where it does not lead there.
  mutating func change(_ key: FlowKey, from old: FlowReference, to new: FlowReference) {
    guard let slot = slot(of: key, at: old) else { preconditionFailure("the flow is not in the table") }
    slots[slot].reference = new.bits
  }

  /// Forgets a flow, if it still leads to `reference`.
  mutating func remove(_ key: FlowKey, ifAt reference: FlowReference) {
    guard let slot = slot(of: key, at: reference) else { return }
    count -= 1
    closeGap(at: slot)
  }

  /// Where a flow stands. No two flows lead to the same, so that the reference says which it is.
  @inline(__always)
  private func slot(of key: FlowKey, at reference: FlowReference) -> Int? {
    let (tag, bits) = (hash(key), reference.bits)
    var slot = home(tag)
    while slots[slot].reference != bits || slots[slot].tag != tag {
      if slots[slot].isFree { return nil }
      slot = (slot + 1) & mask
    }
    return slot
  }

  /// Moves later entries of the same cluster up, so that no search ends too early (Knuth, 6.4 algorithm R).
  private mutating func closeGap(at slot: Int) {
    var gap = slot
    var next = (gap + 1) & mask
    while !slots[next].isFree {
      let home = home(slots[next].tag)
      if (next - home) & mask >= (next - gap) & mask {
        slots[gap] = slots[next]
        gap = next
      }
      next = (next + 1) & mask
    }
    slots[gap] = Slot()
  }

  /// Where the search for a flow begins.
  @inline(__always)
  private func home(_ tag: UInt32) -> Int { Int(tag) & mask }

  /// Two products of the whole flow with the secret, folded, so that every bit of the address counts, of which a peer of
  /// version 6 may choose 64.
  @inline(__always)
  private func hash(_ key: FlowKey) -> UInt32 {
    let first = (key.peer.mapped.low ^ secret).multipliedFullWidth(by: key.bits ^ secret2)
    let mixed = first.high ^ first.low ^ key.peer.mapped.high
    let second = mixed.multipliedFullWidth(by: secret | 1)
    return UInt32(truncatingIfNeeded: second.high ^ second.low)
  }
}
