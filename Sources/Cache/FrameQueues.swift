/// Doubly linked queues of frames, each frame in one queue at most. Nothing is allocated after the start.
struct FrameQueues {
  /// Which queue a frame is in.
  enum Queue: Int {
    /// Holds no block.
    case free = 0
    /// Read once, not long ago.
    case small = 1
    /// Read more than once.
    case main = 2
  }

  private static let none = UInt32.max
  private var next: [UInt32]
  private var previous: [UInt32]
  private var owners: [UInt8]
  private var heads: [UInt32]
  private var tails: [UInt32]
  private var counts: [Int]

  /// Queues for so many frames, all of which are free.
  init(frames: Int) {
    next = Array(repeating: FrameQueues.none, count: frames)
    previous = Array(repeating: FrameQueues.none, count: frames)
    owners = Array(repeating: .max, count: frames)
    heads = Array(repeating: FrameQueues.none, count: 3)
    tails = Array(repeating: FrameQueues.none, count: 3)
    counts = Array(repeating: 0, count: 3)
    for frame in 0..<frames { append(frame, to: .free) }
  }

  /// Frames in a queue.
  func count(of queue: Queue) -> Int { counts[queue.rawValue] }

  /// The frame that has been in a queue longest.
  func oldest(of queue: Queue) -> Int? {
    let head = heads[queue.rawValue]
    return head == FrameQueues.none ? nil : Int(head)
  }

  /// Appends a frame that is in no queue.
  mutating func append(_ frame: Int, to queue: Queue) {
    let last = tails[queue.rawValue]
    previous[frame] = last
    next[frame] = FrameQueues.none
    if last == FrameQueues.none { heads[queue.rawValue] = UInt32(frame) } else { next[Int(last)] = UInt32(frame) }
    tails[queue.rawValue] = UInt32(frame)
    owners[frame] = UInt8(queue.rawValue)
    counts[queue.rawValue] += 1
  }

  /// Takes a frame out of its queue.
  mutating func remove(_ frame: Int) {
    let queue = Int(owners[frame])
    let (before, after) = (previous[frame], next[frame])
    if before == FrameQueues.none { heads[queue] = after } else { next[Int(before)] = after }
    if after == FrameQueues.none { tails[queue] = before } else { previous[Int(after)] = before }
    owners[frame] = .max
    counts[queue] -= 1
  }
}
