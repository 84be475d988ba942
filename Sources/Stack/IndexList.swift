import Wire

/// Doubly linked lists of numbers below a fixed bound, each in one list at most. Nothing is allocated after the start, and
/// no memory is touched for numbers beyond the largest that was ever in a list.
struct IndexList: ~Copyable {
  /// No number.
  static let none = UInt32.max
  /// No list.
  private static let nowhere = UInt32.max

  /// A number's neighbours, and the list that it is in.
  struct Link {
    var next = IndexList.none
    var previous = IndexList.none
    var list = IndexList.nowhere
  }

  /// Where a list begins and ends.
  struct Ends {
    var first = IndexList.none
    var last = IndexList.none
  }

  private var links: Table<Link>
  private var ends: Table<Ends>

  /// `lists` empty lists of numbers below `capacity`.
  init(lists: Int, capacity: Int) {
    links = Table(capacity: capacity)
    ends = Table(repeating: Ends(), count: lists)
  }

  /// Bytes that so many lists of so many numbers take.
  static func byteCount(lists: Int, capacity: Int) -> Int {
    Table<Link>.byteCount(capacity: capacity) + Table<Ends>.byteCount(capacity: lists)
  }

  /// The first of a list.
  func first(of list: Int) -> Int? {
    let first = ends[list].first
    return first == IndexList.none ? nil : Int(first)
  }

  /// The list that a number is in.
  func list(of index: Int) -> Int? {
    guard index < links.count else { return nil }
    let list = links[index].list
    return list == IndexList.nowhere ? nil : Int(list)
  }

  /// Appends a number that is in no list.
  @inline(__always)
  mutating func append(_ index: Int, to list: Int) {
    if index >= links.count { reach(index) }
    precondition(links[index].list == IndexList.nowhere, "in a list already")
    let last = ends[list].last
    links[index] = Link(next: IndexList.none, previous: last, list: UInt32(truncatingIfNeeded: list))
    let number = UInt32(truncatingIfNeeded: index)
    if last == IndexList.none { ends[list].first = number } else { links[Int(last)].next = number }
    ends[list].last = number
  }

  /// Knows numbers up to this one.
  private mutating func reach(_ index: Int) {
    precondition(index < links.capacity, "beyond the numbers that were agreed on")
    while links.count <= index { links.append(Link()) }
  }

  /// Takes a number out of its list, if it is in one.
  @inline(__always)
  mutating func remove(_ index: Int) {
    guard index < links.count, case let link = links[index], link.list != IndexList.nowhere else { return }
    let list = Int(link.list)
    if link.previous == IndexList.none {
      ends[list].first = link.next
    } else {
      links[Int(link.previous)].next = link.next
    }
    if link.next == IndexList.none {
      ends[list].last = link.previous
    } else {
      links[Int(link.next)].previous = link.previous
    }
    links[index].list = IndexList.nowhere
  }
}
