import TCP
import Wire

/// All handshakes in progress, in places that are used over and over.
struct HalfOpenTable: ~Copyable {
  struct Entry {
    var block: HalfOpen
    var key: FlowKey
    var hardware: MACAddress
  }

  private var entries: Table<Entry?>
  private var free: Table<UInt32>

  /// Handshakes in progress.
  var count: Int { entries.count - free.count }

  /// Whether there is a free place.
  var hasRoom: Bool { !free.isEmpty }

  /// A table of so many places.
  init(capacity: Int) {
    entries = Table(repeating: nil, count: capacity)
    free = Table(capacity: capacity)
    for place in (0..<UInt32(capacity)).reversed() { free.append(place) }
  }

  /// Bytes that so many places take.
  static func byteCount(capacity: Int) -> Int {
    Table<Entry?>.byteCount(capacity: capacity) + Table<UInt32>.byteCount(capacity: capacity)
  }

  /// The handshake at a place.
  subscript(index: Int) -> Entry? {
    _read { yield entries[index] }
    _modify { yield &entries[index] }
  }

  /// The flow of the handshake at a place, if there is one.
  @inline(__always)
  func key(of index: Int) -> FlowKey? { entries[index]?.key }

  /// Enters a handshake; nil when every place is taken.
  mutating func insert(_ entry: Entry) -> Int? {
    guard let place = free.popLast() else { return nil }
    entries[Int(place)] = entry
    return Int(place)
  }

  /// Changes what is remembered of a handshake.
  mutating func update(_ index: Int, _ block: HalfOpen) {
    entries[index]?.block = block
  }

  /// Gives up a place.
  mutating func remove(_ index: Int) {
    guard entries[index] != nil else { return }
    entries[index] = nil
    free.append(UInt32(index))
  }
}
