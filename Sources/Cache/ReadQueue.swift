package import Pack

/// A read that is to be done: a whole block into a frame.
package struct BlockRead: Equatable, Sendable {
  /// Which block.
  package let block: BlockNumber
  /// Where to.
  package let frame: Frame

  /// A read.
  package init(block: BlockNumber, frame: Frame) {
    self.block = block
    self.frame = frame
  }
}

/// Reads that were asked for and that nobody has fetched yet, in order.
struct ReadQueue {
  private var ring: [BlockRead]
  private var first = 0
  private var count = 0

  /// Reads asked for and not complete.
  private(set) var inFlight = 0

  /// A queue of so many.
  init(capacity: Int) {
    ring = Array(repeating: BlockRead(block: BlockNumber(0), frame: Frame(0)), count: capacity)
  }

  /// Appends a read; there is one for each frame at most.
  mutating func append(_ read: BlockRead) {
    precondition(count < ring.count, "more reads than frames")
    ring[(first + count) % ring.count] = read
    count += 1
    inFlight += 1
  }

  /// Fetches the oldest.
  mutating func next() -> BlockRead? {
    guard count > 0 else { return nil }
    let read = ring[first]
    first = (first + 1) % ring.count
    count -= 1
    return read
  }

  /// One that was fetched is complete.
  mutating func complete() {
    precondition(inFlight > count, "completed what was never fetched")
    inFlight -= 1
  }
}
