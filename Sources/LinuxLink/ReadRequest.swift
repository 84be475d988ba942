/// Consecutive blocks that are read at once, and the frame that each is read into.
package struct ReadRequest: Sendable {
  /// The most blocks of one read: 2 MiB, behind which reads get no cheaper, and those who wait only wait longer.
  package static let mostBlocks = 32

  /// The first block.
  package let block: UInt64
  /// Blocks to be read, at least one.
  package private(set) var count = 1

  private var frames: [32 of UInt32]

  /// The read of one block.
  package init(block: UInt64, frame: Int) {
    self.block = block
    frames = .init(repeating: UInt32(frame))
  }

  /// Adds the block behind the last one.
  /// - Returns: false, with nothing added, when it is another block or the read has all it may have.
  package mutating func append(block: UInt64, frame: Int) -> Bool {
    guard count < ReadRequest.mostBlocks, block == self.block + UInt64(count) else { return false }
    frames[count] = UInt32(frame)
    count += 1
    return true
  }

  /// The frame of the block with this number in the read, from 0.
  package func frame(_ number: Int) -> Int {
    precondition(number < count, "no such block in the read")
    return Int(frames[number])
  }

  /// What becomes of the block with this number in the read.
  func completion(of number: Int, _ outcome: ReadOutcome) -> ReadCompletion {
    ReadCompletion(block: block &+ UInt64(number), frame: frame(number), outcome: outcome)
  }
}
