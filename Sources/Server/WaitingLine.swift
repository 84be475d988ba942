import Stack

/// Connections that wait for a place, each once, in the order in which they came.
struct WaitingLine {
  private var ids: [ConnectionID] = []
  /// Those in front of it have left.
  private var first = 0

  /// Room for so many, so that nothing is allocated later.
  init(capacity: Int) {
    ids.reserveCapacity(WaitingLine.length(capacity))
  }

  /// Bytes that a line of so many takes.
  static func byteCount(capacity: Int) -> Int { length(capacity) * MemoryLayout<ConnectionID>.stride }

  /// Half of the line may have left before the others move up.
  private static func length(_ capacity: Int) -> Int { 2 * capacity + 2 }

  /// Whether nobody waits.
  var isEmpty: Bool { ids.isEmpty }

  /// Puts a connection, which does not wait yet, at the end.
  mutating func append(_ id: ConnectionID) {
    ids.append(id)
  }

  /// Takes the one out that has waited for the longest time.
  mutating func popFirst() -> ConnectionID? {
    guard first < ids.count else { return nil }
    let id = ids[first]
    first += 1
    moveUp()
    return id
  }

  /// Takes one out that does not wait any more.
  mutating func remove(_ id: ConnectionID) {
    guard let place = ids[first...].firstIndex(of: id) else { return }
    ids.remove(at: place)
    moveUp()
  }

  /// Gives the places of those that have left to the others, when they are the half.
  private mutating func moveUp() {
    guard 2 * first > ids.count else { return }
    ids.removeFirst(first)
    first = 0
  }
}
