import Time
import Wire

/// Hardware addresses on our link that were asked for and answered (RFC 826, RFC 4861), a few at a time: those of servers and
/// routers to which connections are opened. Peers that open connections are answered to where they came from.
struct Neighbors {
  private struct Entry {
    var address: IPAddress
    var hardware: MACAddress
    var learned: Instant
  }

  private var entries: [Entry] = []
  private var oldest = 0

  /// The most that are remembered.
  static let capacity = 64
  /// How long an answer is believed (RFC 1122 §2.3.2.1).
  static let lifetime = Interval.seconds(60)

  /// None.
  init() {
    entries.reserveCapacity(Neighbors.capacity)
  }

  /// The hardware address of a neighbor, if it is known.
  func hardware(of address: IPAddress, at now: Instant) -> MACAddress? {
    for entry in entries where entry.address == address && now.since(entry.learned) < Neighbors.lifetime {
      return entry.hardware
    }
    return nil
  }

  /// Remembers an answer that was asked for; the oldest makes room.
  mutating func learn(_ hardware: MACAddress, of address: IPAddress, at now: Instant) {
    let entry = Entry(address: address, hardware: hardware, learned: now)
    if let known = entries.firstIndex(where: { $0.address == address }) {
      entries[known] = entry
    } else if entries.count < Neighbors.capacity {
      entries.append(entry)
    } else {
      entries[oldest] = entry
      oldest = (oldest + 1) % Neighbors.capacity
    }
  }

  /// Changes the hardware address of a neighbor that is known (RFC 826, "merge").
  mutating func refresh(_ hardware: MACAddress, of address: IPAddress, at now: Instant) {
    guard let known = entries.firstIndex(where: { $0.address == address }) else { return }
    entries[known] = Entry(address: address, hardware: hardware, learned: now)
  }
}
