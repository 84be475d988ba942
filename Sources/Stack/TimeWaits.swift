import TCP
import Time
import Wire

/// The connections in TIME-WAIT, in a ring of fixed size from the oldest to the newest. A full ring forgets its oldest; an
/// empty one begins anew, so that no more memory is touched than was needed at once.
struct TimeWaits: ~Copyable {
  private var entries: Table<Entry?>
  private let capacity: Int
  private var first = 0
  private var used = 0

  /// Remembered connections, forgotten gaps not counted.
  private(set) var count = 0

  struct Entry {
    var key: FlowKey
    var block: TimeWait
  }

  /// A ring of so many.
  init(capacity: Int) {
    self.capacity = max(capacity, 1)
    entries = Table(capacity: self.capacity)
  }

  /// Bytes that a ring of so many takes.
  static func byteCount(capacity: Int) -> Int { Table<Entry?>.byteCount(capacity: max(capacity, 1)) }

  /// The connection at a place, if it is still remembered.
  subscript(index: Int) -> Entry? { entries[index] }

  /// The flow of the connection at a place, if it is still remembered.
  @inline(__always)
  func key(of index: Int) -> FlowKey? { entries[index]?.key }

  /// Where the next one will stand, and which one has to go for it.
  var next: (index: Int, evicted: Entry?) {
    let index = (first + used) % capacity
    return (index, used == capacity ? entries[index] : nil)
  }

  /// Remembers a connection at the place that `next` names.
  mutating func append(_ entry: Entry) {
    if used == capacity { dropFirst() }
    let index = (first + used) % capacity
    if index == entries.count { entries.append(entry) } else { entries[index] = entry }
    used += 1
    count += 1
  }

  /// Changes what is remembered, which may extend its time.
  mutating func update(_ index: Int, _ block: TimeWait) {
    entries[index]?.block = block
  }

  /// Forgets one before its time.
  mutating func remove(_ index: Int) {
    guard entries[index] != nil else { return }
    entries[index] = nil
    count -= 1
  }

  /// The oldest entry when its time is over, taken out of the ring with its place; gaps are cleared on the way. One whose
  /// time was extended keeps younger ones waiting a little longer, which does no harm.
  mutating func nextExpired(at now: Instant) -> (index: Int, entry: Entry)? {
    while used > 0 {
      guard let expiry = entries[first]?.block.expiry else {
        dropFirst()
        continue
      }
      guard expiry <= now, let entry = entries[first] else { return nil }
      let index = first
      dropFirst()
      return (index, entry)
    }
    return nil
  }

  /// When the oldest is to be forgotten.
  var nextDeadline: Instant {
    guard used > 0 else { return .never }
    return entries[first]?.block.expiry ?? .epoch
  }

  private mutating func dropFirst() {
    if entries[first] != nil { count -= 1 }
    entries[first] = nil
    used -= 1
    first = used == 0 ? 0 : (first + 1) % capacity
  }
}
