import TCP
import Wire

/// How many connections each peer's address has, where that is limited: a table of fixed size with open addressing, at
/// most half full. Of an address of version 6 the network counts, its first 64 bits: who has one has them all
/// (RFC 6177 §2).
///
/// Addresses are mixed with a secret, so that nobody outside can choose some that fall together.
struct PeerCounts: ~Copyable {
  /// A place: an address and its connections, none where the place is free.
  struct Slot {
    var address: UInt64 = 0
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
    let size = PeerCounts.size(for: limit == nil ? 0 : capacity)
    slots = Table(repeating: Slot(), count: size)
    mask = size - 1
    self.secret = secret.hash(0x7065_6572, 0) | 1
    self.limit = limit
  }

  /// Places for so many addresses: a power of two, for at most half of them are taken.
  private static func size(for capacity: Int) -> Int {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    return size
  }

  /// Bytes that a table for so many connections takes; nothing worth counting where there is no limit.
  static func byteCount(capacity: Int, limit: Int?) -> Int {
    Table<Slot>.byteCount(capacity: size(for: limit == nil ? 0 : capacity))
  }

  /// Whether an address may have another connection.
  func hasRoom(for peer: IPAddress) -> Bool {
    guard let limit else { return true }
    return count(of: peer) < limit
  }

  /// Connections of an address; 0 where nothing is counted.
  func count(of peer: IPAddress) -> Int { Int(slots[place(of: PeerCounts.share(of: peer))].count) }

  /// Counts a connection of an address. There must not be more connections than the table was made for.
  mutating func add(_ peer: IPAddress) {
    guard limit != nil else { return }
    let slot = place(of: PeerCounts.share(of: peer))
    slots[slot].address = PeerCounts.share(of: peer)
    slots[slot].count += 1
  }

  /// Forgets a connection that was counted.
  mutating func remove(_ peer: IPAddress) {
    guard limit != nil else { return }
    let slot = place(of: PeerCounts.share(of: peer))
    slots[slot].count -= 1
    if slots[slot].count == 0 { closeGap(at: slot) }
  }

  /// The part of an address that shares a limit. What begins with eighty zero bits is nobody's network, so that both
  /// versions have their own numbers.
  private static func share(of peer: IPAddress) -> UInt64 { peer.family == .ipv4 ? peer.mapped.low : peer.mapped.high }

  /// Where an address is, or would be.
  private func place(of address: UInt64) -> Int {
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

  private func home(_ address: UInt64) -> Int {
    var mixed = (address ^ secret) &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 29
    mixed = mixed &* secret
    return Int(truncatingIfNeeded: mixed >> 32) & mask
  }
}
