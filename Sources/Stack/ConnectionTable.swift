import TCP
import Time
import Wire

/// Names a connection for as long as it lives: its place in the table, and how often that place has been used.
package struct ConnectionID: Hashable, Sendable {
  /// The place in the table, below the most connections there may be.
  package let index: Int
  /// Tells this connection from those that had the place before.
  package let generation: UInt32
}

/// All connections, in places that are used over and over. Nothing is allocated after the start.
struct ConnectionTable {
  /// The transmission control blocks; what stands at a free place means nothing.
  var blocks: [Connection]
  /// Which flow each is.
  private(set) var keys: [FlowKey]
  /// The hardware address its segments come from: learned from the SYN, so that no answer waits for ARP.
  private(set) var hardware: [MACAddress]
  /// The buffer with text that could not be consumed at once.
  var buffers: [UInt32?]
  private var generations: [UInt32]
  private var free: [UInt32]
  /// What stands at a place whose connection is still being opened.
  private let vacant: Connection

  /// Connections in use.
  var count: Int { blocks.count - free.count }

  /// Whether there is a free place.
  var hasRoom: Bool { !free.isEmpty }

  /// A table of so many places.
  init(capacity: Int, vacant: Connection) {
    blocks = Array(repeating: vacant, count: capacity)
    keys = Array(repeating: FlowKey(peer: IPv4Address(0), peerPort: 0, localPort: 0), count: capacity)
    hardware = Array(repeating: MACAddress(0), count: capacity)
    buffers = Array(repeating: nil, count: capacity)
    generations = Array(repeating: 0, count: capacity)
    free = (0..<UInt32(capacity)).reversed()
    self.vacant = vacant
  }

  /// Enters a connection; nil when every place is taken.
  mutating func insert(_ block: Connection, key: FlowKey, hardware address: MACAddress) -> Int? {
    guard let place = free.popLast() else { return nil }
    let index = Int(place)
    blocks[index] = block
    keys[index] = key
    hardware[index] = address
    return index
  }

  /// Takes a place for a connection that is being opened; nil when every place is taken.
  mutating func reserve(key: FlowKey) -> Int? {
    insert(vacant, key: key, hardware: MACAddress(0))
  }

  /// Enters a connection at the place that was reserved for it, with the deadline that its application has set there.
  mutating func fill(_ index: Int, _ block: Connection, hardware address: MACAddress) {
    let deadline = blocks[index].applicationDeadline
    blocks[index] = block
    blocks[index].applicationDeadline = deadline
    hardware[index] = address
  }

  /// Gives up a place; its old name is no longer valid.
  mutating func remove(_ index: Int) {
    generations[index] &+= 1
    free.append(UInt32(index))
  }

  /// The name of the connection at a place.
  func id(of index: Int) -> ConnectionID {
    ConnectionID(index: index, generation: generations[index])
  }

  /// Whether a name still names a connection.
  func isValid(_ id: ConnectionID) -> Bool {
    generations[id.index] == id.generation
  }
}
