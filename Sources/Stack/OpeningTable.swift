import TCP
import Time
import Wire

/// All connections that are being opened by us, in places that are used over and over.
struct OpeningTable {
  struct Entry {
    var block: Opening
    /// The place that is reserved for the connection.
    var connection: Int
    /// The address on our link that frames for the peer go to: the peer's own, or a router's.
    var nextHop: IPAddress
    /// The hardware address behind it; nil as long as it is being asked for.
    var hardware: MACAddress?
    /// How often it was asked for.
    var questions = 0
    /// When it is asked for again.
    var nextQuestion = Instant.never

    /// How often a hardware address is asked for, a second apart, before nobody is taken to have it.
    static let mostQuestions = 3
  }

  private var entries: [Entry?]
  private var free: [UInt32]
  /// Entries whose hardware address is being asked for.
  var unresolved = 0

  /// A table of so many places.
  init(capacity: Int) {
    entries = Array(repeating: nil, count: capacity)
    free = (0..<UInt32(capacity)).reversed()
  }

  /// Bytes that so many places take.
  static func byteCount(capacity: Int) -> Int {
    capacity * (MemoryLayout<Entry?>.stride + MemoryLayout<UInt32>.stride)
  }

  /// Connections being opened.
  var count: Int { entries.count - free.count }

  /// Whether there is a free place.
  var hasRoom: Bool { !free.isEmpty }

  /// The places, used or not.
  var places: Range<Int> { 0..<entries.count }

  /// What is being opened at a place.
  subscript(place: Int) -> Entry? {
    get { entries[place] }
    set { entries[place] = newValue }
  }

  /// Enters a connection; there has to be a free place.
  mutating func insert(_ entry: Entry) -> Int {
    let place = Int(free.removeLast())
    entries[place] = entry
    if entry.hardware == nil { unresolved += 1 }
    return place
  }

  /// Gives up a place.
  mutating func remove(_ place: Int) {
    guard let entry = entries[place] else { return }
    if entry.hardware == nil { unresolved -= 1 }
    entries[place] = nil
    free.append(UInt32(place))
  }
}
