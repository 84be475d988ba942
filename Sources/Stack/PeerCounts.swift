import TCP
import Wire

/// How many connections each peer's address has, where that is limited: a table of fixed size with open addressing, at
/// most half full.
///
/// Addresses are mixed with a secret, so that nobody outside can choose some that fall together.
struct PeerCounts: ~Copyable {
  /// A place: an address and its connections, none where the place is free.
  struct Slot {
    var address: UInt32 = 0
    var count: UInt32 = 0
  }

  private var slots: Table<Slot>
  private let mask: Int
  private let secret: UInt64
  /// The most connections that an address may have; nil where nothing is counted.
  private let limit: Int?

  /// A table for so many connections.
  /// - Parameter limit: the most that an address may have; without one there is no table.
  init(capacity: Int, limit: Int?, secret: SipHash) {
    var size = 16
    while limit != nil, size < capacity * 2 { size *= 2 }
    slots = Table(repeating: Slot(), count: size)
    mask = size - 1
    self.secret = secret.hash(0x7065_6572, 0) | 1
    self.limit = limit
  }

  /// Whether an address may have another connection.
  func hasRoom(for peer: IPv4Address) -> Bool {
    guard let limit else { return true }
    return count(of: peer) < limit
  }

  /// Connections of an address; 0 where nothing is counted.
  func count(of peer: IPv4Address) -> Int { Int(slots[place(of: peer.value)].count) }

  /// Counts a connection of an address. There must not be more connections than the table was made for.
  mutating func add(_ peer: IPv4Address) {
    guard limit != nil else { return }
    let slot = place(of: peer.value)
    slots[slot].address = peer.value
    slots[slot].count += 1
  }

  /// Forgets a connection that was counted.
  mutating func remove(_ peer: IPv4Address) {
    guard limit != nil else { return }
    let slot = place(of: peer.value)
    slots[slot].count -= 1
    if slots[slot].count == 0 { closeGap(at: slot) }
  }

  /// Where an address is, or would be.
  private func place(of address: UInt32) -> Int {
    var slot = home(address)
    while slots[slot].count != 0, slots[slot].address != address { slot = (slot + 1) & mask }
    return slot
  }

  /// Moves later entries of the same cluster up, so that no search ends too early (Knuth, 6.4 algorithm R).
  private mutating func closeGap(at slot: Int) {
    var gap = slot
    var next = (gap + 1) & mask
    while slots[next].count != 0 {
      if (next - home(slots[next].address)) & mask >= (next - gap) & mask {
        slots[gap] = slots[next]
        gap = next
      }
      next = (next + 1) & mask
    }
    slots[gap] = Slot()
  }

  private func home(_ address: UInt32) -> Int {
    var mixed = (UInt64(address) ^ secret) &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 29
    mixed = mixed &* secret
    return Int(truncatingIfNeeded: mixed >> 32) & mask
  }
}
