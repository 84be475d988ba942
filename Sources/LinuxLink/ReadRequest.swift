/// Consecutive blocks that are read at once, and the frame that each is read into. The first may be read in part.
package struct ReadRequest: Sendable {
  /// The most blocks of one read: 2 MiB, behind which reads get no cheaper, and those who wait only wait longer.
  package static let mostBlocks = 32

  /// The first block.
  package let block: UInt64
  /// Blocks to be read, at least one.
  package private(set) var count = 1
  /// Bytes of the first block that are to be read, whole sectors: to its end, or it is the only one.
  let part: Range<Int>

  private var frames: [32 of UInt32]

  /// The read of one block.
  /// - Parameter part: the bytes of it that are to be read, whole sectors of 4,096. Traps on others.
  package init(block: UInt64, frame: Int, part: Range<Int> = 0..<BlockFile.blockByteCount) {
    let sector = BlockFile.sectorByteCount
    precondition(part.lowerBound % sector == 0 && part.upperBound % sector == 0, "a disk reads sectors")
    self.block = block
    self.part = part
    frames = .init(repeating: UInt32(frame))
  }

  /// Adds the block behind the last one, all of it.
  /// - Returns: false, with nothing added, when it is another block or the read has all it may have.
  package mutating func append(block: UInt64, frame: Int) -> Bool {
    guard count < ReadRequest.mostBlocks, block == self.block + UInt64(count),
      part.upperBound == BlockFile.blockByteCount
    else { return false }
    frames[count] = UInt32(frame)
    count += 1
    return true
  }

  /// The frame of the block with this number in the read, from 0.
  package func frame(_ number: Int) -> Int {
    precondition(number < count, "no such block in the read")
    return Int(frames[number])
  }

  /// Where the bytes of some blocks end that are to be read, in bytes from the front of the first of them.
  func end(of blocks: Range<Int>) -> Int {
    (blocks.count - 1) * BlockFile.blockByteCount
      + (blocks.contains(0) ? part.upperBound : BlockFile.blockByteCount)
  }

  /// What becomes of the block with this number in the read.
  func completion(of number: Int, _ outcome: ReadOutcome) -> ReadCompletion {
    ReadCompletion(block: block &+ UInt64(number), frame: frame(number), outcome: outcome)
  }
}
