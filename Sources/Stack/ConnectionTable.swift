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

/// All connections, in places that are used over and over. Nothing is allocated after the start; the memory of a place is
/// first touched when there are so many connections that one needs it.
struct ConnectionTable: ~Copyable {
  /// The transmission control blocks; what stands at a free place means nothing.
  var blocks: Table<Connection>
  /// Which flow each is.
  private(set) var keys: Table<FlowKey>
  /// The hardware address its segments come from: learned from the SYN, so that no answer waits for ARP, and again from whatever
  /// brings news, since another router may have taken over.
  private(set) var hardware: Table<MACAddress>
  /// The buffer with text that could not be consumed at once.
  var buffers: Table<UInt32?>
  private var generations: Table<UInt32>
  /// Places that were given up. Those from the end of the lists up to the capacity were never taken.
  private var free: Table<UInt32>
  private let capacity: Int
  /// How many each peer has.
  private var peers: PeerCounts
  /// What stands at a place whose connection is still being opened.
  private let vacant: Connection

  /// Connections in use.
  var count: Int { blocks.count - free.count }

  /// Whether there is a free place.
  var hasRoom: Bool { !free.isEmpty || blocks.count < capacity }

  /// Whether the address of a peer may have another connection.
  func hasRoom(for peer: IPAddress) -> Bool { peers.hasRoom(for: peer) }

  /// A table of so many places, which counts the connections of each peer there.
  init(capacity: Int, peers: consuming PeerCounts, vacant: Connection) {
    self.peers = peers
    blocks = Table(capacity: capacity)
    keys = Table(capacity: capacity)
    hardware = Table(capacity: capacity)
    buffers = Table(capacity: capacity)
    generations = Table(capacity: capacity)
    free = Table(capacity: capacity)
    self.capacity = capacity
    self.vacant = vacant
  }

  /// Bytes that so many places take, without those of `PeerCounts`.
  static func byteCount(capacity: Int) -> Int {
    Table<Connection>.byteCount(capacity: capacity) + Table<FlowKey>.byteCount(capacity: capacity)
      + Table<MACAddress>.byteCount(capacity: capacity) + Table<UInt32?>.byteCount(capacity: capacity)
      + 2 * Table<UInt32>.byteCount(capacity: capacity)
  }

  /// Enters a connection; nil when every place is taken.
  mutating func insert(_ block: Connection, key: FlowKey, hardware address: MACAddress) -> Int? {
    guard hasRoom else { return nil }
    peers.add(key.peer)
    guard let place = free.popLast() else { return append(block, key: key, hardware: address) }
    let index = Int(place)
    blocks[index] = block
    keys[index] = key
    hardware[index] = address
    return index
  }

  /// Takes a place that was never taken.
  private mutating func append(_ block: Connection, key: FlowKey, hardware address: MACAddress) -> Int {
    blocks.append(block)
    keys.append(key)
    hardware.append(address)
    buffers.append(nil)
    generations.append(0)
    return blocks.count - 1
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

  /// The segments of a connection come from another hardware address now.
  mutating func move(_ index: Int, to address: MACAddress) {
    hardware[index] = address
  }

  /// Gives up a place; its old name is no longer valid.
  mutating func remove(_ index: Int) {
    peers.remove(keys[index].peer)
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
