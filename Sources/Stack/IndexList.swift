import Time

/// Doubly linked lists of numbers below a fixed bound, each in one list at most. Nothing is allocated after the start, and
/// no memory is touched for numbers beyond the largest that was ever in a list.
struct IndexList {
  /// No number.
  static let none = UInt32.max

  private var next: [UInt32]
  private var previous: [UInt32]
  private var heads: [UInt32]
  private var tails: [UInt32]
  private var owners: [UInt16]
  private let capacity: Int

  /// `lists` empty lists of numbers below `capacity`.
  init(lists: Int, capacity: Int) {
    precondition(lists < Int(UInt16.max), "list numbers have 16 bits")
    next = Array(capacity: capacity)
    previous = Array(capacity: capacity)
    heads = Array(repeating: IndexList.none, count: lists)
    tails = Array(repeating: IndexList.none, count: lists)
    owners = Array(capacity: capacity)
    self.capacity = capacity
  }

  /// The first of a list.
  func first(of list: Int) -> Int? {
    heads[list] == IndexList.none ? nil : Int(heads[list])
  }

  /// The list that a number is in.
  func list(of index: Int) -> Int? {
    guard index < owners.count else { return nil }
    return owners[index] == .max ? nil : Int(owners[index])
  }

  /// Appends a number that is in no list.
  mutating func append(_ index: Int, to list: Int) {
    if index >= owners.count { reach(index) }
    precondition(owners[index] == .max, "in a list already")
    let last = tails[list]
    previous[index] = last
    next[index] = IndexList.none
    if last == IndexList.none { heads[list] = UInt32(index) } else { next[Int(last)] = UInt32(index) }
    tails[list] = UInt32(index)
    owners[index] = UInt16(list)
  }

  /// Knows numbers up to this one.
  private mutating func reach(_ index: Int) {
    precondition(index < capacity, "beyond the numbers that were agreed on")
    while owners.count <= index {
      next.append(IndexList.none)
      previous.append(IndexList.none)
      owners.append(.max)
    }
  }

  /// Takes a number out of its list, if it is in one.
  mutating func remove(_ index: Int) {
    guard let list = list(of: index) else { return }
    let (before, after) = (previous[index], next[index])
    if before == IndexList.none { heads[list] = after } else { next[Int(before)] = after }
    if after == IndexList.none { tails[list] = before } else { previous[Int(after)] = before }
    owners[index] = .max
  }
}
