import Pack
import Wire

/// Who waits at which place, and who is to be woken: queues in which every waiter stands once at most. Nothing is
/// allocated after the start.
struct WaiterLists: ~Copyable {
  /// What a waiter is woken with.
  struct News {
    /// The block it waited for.
    var block: BlockNumber
    /// The frame of the block.
    var frame: Int
    /// Why the block cannot be had; nil when it can, and then the frame owes the waiter a promise.
    var failure: PackError?
  }

  private static let none = UInt32.max
  private var next: Table<UInt32>
  private var previous: Table<UInt32>
  private var owners: Table<UInt32>
  private var news: Table<News?>
  private var heads: Table<UInt32>
  private var tails: Table<UInt32>
  private let ready: Int

  /// Queues for waiters and places of these numbers.
  init(waiters: Int, places: Int) {
    next = Table(repeating: WaiterLists.none, count: waiters)
    previous = Table(repeating: WaiterLists.none, count: waiters)
    owners = Table(repeating: WaiterLists.none, count: waiters)
    news = Table(repeating: nil, count: waiters)
    heads = Table(repeating: WaiterLists.none, count: places + 1)
    tails = Table(repeating: WaiterLists.none, count: places + 1)
    ready = places
  }

  /// Bytes of queues for waiters and places of these numbers.
  static func byteCount(waiters: Int, places: Int) -> Int {
    waiters * (3 * MemoryLayout<UInt32>.stride + MemoryLayout<News?>.stride)
      + (places + 1) * 2 * MemoryLayout<UInt32>.stride
  }

  /// Where somebody waits; nil for those who do not, or are to be woken.
  func place(of waiter: Int) -> Int? {
    owners[waiter] < ready ? Int(owners[waiter]) : nil
  }

  /// Whether somebody is to be woken.
  func isReady(_ waiter: Int) -> Bool { owners[waiter] == ready }

  /// Who has waited longest at a place.
  func first(at place: Int) -> Int? {
    heads[place] == WaiterLists.none ? nil : Int(heads[place])
  }

  /// Lets somebody who does not wait wait at a place.
  mutating func append(_ waiter: Int, at place: Int) {
    news[waiter] = nil
    append(waiter, to: place)
  }

  /// Lets all who wait at a place wait at another one.
  mutating func move(from place: Int, to other: Int) {
    while let waiter = first(at: place) {
      remove(waiter)
      append(waiter, to: other)
    }
  }

  /// Somebody who waits is to be woken.
  mutating func wake(_ waiter: Int, with message: News) {
    remove(waiter)
    news[waiter] = message
    append(waiter, to: ready)
  }

  /// The next to be woken, and what is new.
  mutating func nextReady() -> (waiter: Int, news: News)? {
    guard let waiter = first(at: ready), let message = news[waiter] else { return nil }
    remove(waiter)
    return (waiter, message)
  }

  /// What somebody is to be woken with, or was woken with last.
  func news(of waiter: Int) -> News? { news[waiter] }

  /// Whether somebody asks for a block because of being told that it is there.
  func isExpected(_ waiter: Int, for block: BlockNumber) -> Bool {
    guard let message = news[waiter] else { return false }
    return message.block == block && message.failure == nil
  }

  /// Forgets what somebody was woken with.
  mutating func forgetNews(of waiter: Int) {
    news[waiter] = nil
  }

  /// Takes somebody who waits, or is to be woken, out of the queue.
  mutating func remove(_ waiter: Int) {
    let list = Int(owners[waiter])
    let (before, after) = (previous[waiter], next[waiter])
    if before == WaiterLists.none { heads[list] = after } else { next[Int(before)] = after }
    if after == WaiterLists.none { tails[list] = before } else { previous[Int(after)] = before }
    owners[waiter] = WaiterLists.none
  }

  private mutating func append(_ waiter: Int, to list: Int) {
    let last = tails[list]
    previous[waiter] = last
    next[waiter] = WaiterLists.none
    if last == WaiterLists.none { heads[list] = UInt32(waiter) } else { next[Int(last)] = UInt32(waiter) }
    tails[list] = UInt32(waiter)
    owners[waiter] = UInt32(list)
  }
}
