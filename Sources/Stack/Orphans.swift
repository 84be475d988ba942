/// Connections that the application has closed, from the one that was closed first: what is left of their text, and their FIN,
/// is on its way, or their peers have not closed. There are no more than a fixed number; what is one too many is given up.
struct Orphans: ~Copyable {
  /// Those that stay, and those that end with the next turn of the timers.
  private enum List: Int, CaseIterable {
    case staying
    case givenUp
  }

  private var lists: IndexList
  private let most: Int
  /// Those that stay.
  private(set) var count = 0

  /// No more than `most`, of connections at places below `capacity`.
  init(most: Int, capacity: Int) {
    lists = IndexList(lists: List.allCases.count, capacity: capacity)
    self.most = max(most, 1)
  }

  /// Bytes that the lists take for so many places.
  static func byteCount(capacity: Int) -> Int {
    IndexList.byteCount(lists: List.allCases.count, capacity: capacity)
  }

  /// Appends the connection at a place.
  /// - Returns: the place of the one that is given up for it; nil where there is room.
  mutating func append(_ index: Int) -> Int? {
    lists.append(index, to: List.staying.rawValue)
    count += 1
    guard count > most, let oldest = lists.first(of: List.staying.rawValue) else { return nil }
    remove(oldest)
    lists.append(oldest, to: List.givenUp.rawValue)
    return oldest
  }

  /// Whether the connection at a place was given up.
  func isGivenUp(_ index: Int) -> Bool { lists.list(of: index) == List.givenUp.rawValue }

  /// Forgets the connection at a place, if it is one of these.
  mutating func remove(_ index: Int) {
    guard let list = lists.list(of: index) else { return }
    lists.remove(index)
    if list == List.staying.rawValue { count -= 1 }
  }
}
