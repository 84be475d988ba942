import Wire

/// Doubly linked queues of places, each place in one queue at most. Nothing is allocated after the start.
struct PlaceQueues: ~Copyable {
  /// Which queue a place is in.
  enum Queue: UInt8, CaseIterable {
    /// Frames that hold no block.
    case free
    /// Frames whose block is new.
    case small
    /// Frames whose block was asked for again.
    case main
    /// Frames to be read, for which somebody waits.
    case wanted
    /// Frames to be read before anybody asks.
    case ahead
    /// Places without memory whose block waits for a frame.
    case homeless
    /// Places without memory that are not in use.
    case vacant
  }

  private static let none = UInt32.max
  private var next: Table<UInt32>
  private var previous: Table<UInt32>
  private var owners: Table<Queue?>
  private var heads: Table<UInt32>
  private var tails: Table<UInt32>
  private var counts: Table<Int>

  /// Queues for the places of so many frames, all of which are free, and of so many waiters, all of which are vacant.
  init(frames: Int, waiters: Int) {
    let places = frames + waiters
    next = Table(repeating: PlaceQueues.none, count: places)
    previous = Table(repeating: PlaceQueues.none, count: places)
    owners = Table(repeating: nil, count: places)
    heads = Table(repeating: PlaceQueues.none, count: Queue.allCases.count)
    tails = Table(repeating: PlaceQueues.none, count: Queue.allCases.count)
    counts = Table(repeating: 0, count: Queue.allCases.count)
    for place in 0..<places { append(place, to: place < frames ? .free : .vacant) }
  }

  /// Bytes of queues for so many places.
  static func byteCount(places: Int) -> Int {
    let ends = 2 * MemoryLayout<UInt32>.stride
    return places * (ends + MemoryLayout<Queue?>.stride)
      + Queue.allCases.count * (ends + MemoryLayout<Int>.stride)
  }

  /// Places in a queue.
  func count(of queue: Queue) -> Int { counts[Int(queue.rawValue)] }

  /// The queue a place is in.
  func queue(of place: Int) -> Queue? { owners[place] }

  /// The place that has been in a queue longest.
  func oldest(of queue: Queue) -> Int? {
    let head = heads[Int(queue.rawValue)]
    return head == PlaceQueues.none ? nil : Int(head)
  }

  /// Takes the place that has been in a queue longest out of it.
  mutating func takeOldest(of queue: Queue) -> Int? {
    guard let place = oldest(of: queue) else { return nil }
    remove(place)
    return place
  }

  /// Appends a place that is in no queue.
  mutating func append(_ place: Int, to queue: Queue) {
    let number = Int(queue.rawValue)
    let last = tails[number]
    previous[place] = last
    next[place] = PlaceQueues.none
    if last == PlaceQueues.none { heads[number] = UInt32(place) } else { next[Int(last)] = UInt32(place) }
    tails[number] = UInt32(place)
    owners[place] = queue
    counts[number] += 1
  }

  /// Takes a place out of its queue, if it is in one.
  mutating func remove(_ place: Int) {
    guard let queue = owners[place] else { return }
    let number = Int(queue.rawValue)
    let (before, after) = (previous[place], next[place])
    if before == PlaceQueues.none { heads[number] = after } else { next[Int(before)] = after }
    if after == PlaceQueues.none { tails[number] = before } else { previous[Int(after)] = before }
    owners[place] = nil
    counts[number] -= 1
  }
}
