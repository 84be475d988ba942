/// A stretch of sequence numbers that has arrived: from `left` up to, but not including, `right` (RFC 2018 §3).
package struct SelectiveBlock: Equatable, Sendable {
  /// The first number of the stretch.
  package var left: SequenceNumber
  /// The number behind its last.
  package var right: SequenceNumber

  /// The stretch between two numbers.
  @inlinable
  package init(left: SequenceNumber, right: SequenceNumber) {
    self.left = left
    self.right = right
  }
}

/// Up to four stretches, the most a header has room for (RFC 2018 §3).
package struct SelectiveBlocks: Equatable, Sendable {
  /// The most blocks there can be.
  package static let capacity = 4

  @usableFromInline var blocks: [4 of SelectiveBlock]

  /// How many there are, 0 to 4.
  package var count: Int { Int(used) }

  private var used: UInt8

  /// None.
  package init() {
    self.blocks = .init(repeating: SelectiveBlock(left: SequenceNumber(0), right: SequenceNumber(0)))
    self.used = 0
  }

  /// The block at `index`, 0 to `count - 1`.
  package subscript(index: Int) -> SelectiveBlock {
    precondition(index >= 0 && index < count, "no such block")
    return blocks[index]
  }

  /// Appends a block unless there are four already.
  package mutating func append(_ block: SelectiveBlock) {
    guard count < SelectiveBlocks.capacity else { return }
    blocks[count] = block
    used += 1
  }

  /// Compares the blocks in order.
  package static func == (left: SelectiveBlocks, right: SelectiveBlocks) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where left[index] != right[index] { return false }
    return true
  }
}
