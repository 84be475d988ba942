import TCP

/// Finds what a flow has come to: a table of fixed size with open addressing, at most half full.
///
/// Keys are mixed with a secret, so that nobody outside can choose flows that fall together.
struct FlowTable {
  private var keys: [UInt64]
  private var values: [UInt32]
  private let mask: Int
  private let secret: UInt64

  /// Flows in the table.
  private(set) var count = 0

  /// A table for so many flows.
  init(capacity: Int, secret: SipHash) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    values = Array(repeating: 0, count: size)
    mask = size - 1
    self.secret = secret.hash(0x666C_6F77, 0) | 1
  }

  /// What the flow has come to, if it is known.
  subscript(key: FlowKey) -> FlowReference? {
    var slot = home(key.bits)
    while keys[slot] != 0 {
      if keys[slot] == key.bits { return FlowReference(bits: values[slot]) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Enters a flow, or changes what it has come to.
  mutating func set(_ key: FlowKey, to reference: FlowReference) {
    var slot = home(key.bits)
    while keys[slot] != 0, keys[slot] != key.bits { slot = (slot + 1) & mask }
    if keys[slot] == 0 {
      precondition(count * 2 <= mask, "the tables that flows lead to are smaller than this one")
      count += 1
    }
    keys[slot] = key.bits
    values[slot] = reference.bits
  }

  /// Forgets a flow, if it still leads to `reference`.
  mutating func remove(_ key: FlowKey, ifAt reference: FlowReference) {
    var slot = home(key.bits)
    while keys[slot] != key.bits {
      if keys[slot] == 0 { return }
      slot = (slot + 1) & mask
    }
    guard values[slot] == reference.bits else { return }
    count -= 1
    closeGap(at: slot)
  }

  /// Moves later entries of the same cluster up, so that no search ends too early (Knuth, 6.4 algorithm R).
  private mutating func closeGap(at slot: Int) {
    var gap = slot
    var next = (gap + 1) & mask
    while keys[next] != 0 {
      let distance = (next - home(keys[next])) & mask
      if distance >= (next - gap) & mask {
        keys[gap] = keys[next]
        values[gap] = values[next]
        gap = next
      }
      next = (next + 1) & mask
    }
    keys[gap] = 0
  }

  private func home(_ bits: UInt64) -> Int {
    var mixed = (bits ^ secret) &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 29
    mixed = mixed &* (secret | 1)
    return Int(truncatingIfNeeded: mixed >> 32) & mask
  }
}
