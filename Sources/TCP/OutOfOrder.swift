package import Wire

/// The stretches of text that arrived ahead of a gap, at most four, in ascending order and never touching.
package struct OutOfOrder: Sendable {
  /// The stretches, as they would be reported to the peer (RFC 2018).
  package private(set) var blocks = SelectiveBlocks()
  /// A number in the stretch that arrived last.
  private var latest = SequenceNumber(0)

  /// None.
  package init() {}

  /// Whether no text waits behind a gap.
  package var isEmpty: Bool { blocks.count == 0 }

  /// The number behind the last stretch; nil when there is none.
  var end: SequenceNumber? { isEmpty ? nil : blocks[blocks.count - 1].right }

  /// Adds a stretch, merging it with those it touches.
  /// - Returns: false, with nothing changed, when it would be a fifth.
  mutating func insert(_ block: SelectiveBlock) -> Bool {
    var merged = block
    var result = SelectiveBlocks()
    var placed = false
    latest = block.left
    for index in 0..<blocks.count {
      let old = blocks[index]
      if old.right < merged.left {
        result.append(old)
      } else if merged.right < old.left {
        if !placed {
          guard result.count < SelectiveBlocks.capacity else { return false }
          result.append(merged)
          placed = true
        }
        guard result.count < SelectiveBlocks.capacity else { return false }
        result.append(old)
      } else {
        merged = SelectiveBlock(
          left: old.left < merged.left ? old.left : merged.left, right: SequenceNumber.max(old.right, merged.right))
      }
    }
    if !placed {
      guard result.count < SelectiveBlocks.capacity else { return false }
      result.append(merged)
    }
    blocks = result
    return true
  }

  /// Whether all of a stretch has arrived before.
  func contains(_ block: SelectiveBlock) -> Bool {
    for index in 0..<blocks.count where blocks[index].left <= block.left && block.right <= blocks[index].right {
      return true
    }
    return false
  }

  /// The stretches as the peer is told of them: what came twice first, then the one that arrived last (RFC 2018 §4,
  /// RFC 2883 §4).
  func report(_ twice: SelectiveBlock?) -> SelectiveBlocks {
    var report = SelectiveBlocks()
    if let twice { report.append(twice) }
    for index in 0..<blocks.count where latest.isIn(blocks[index]) { report.append(blocks[index]) }
    for index in 0..<blocks.count where !latest.isIn(blocks[index]) { report.append(blocks[index]) }
    return report
  }

  /// How far the text is in order when it was up to `next`; the stretches that became part of it are forgotten.
  @inline(__always)
  mutating func advance(from next: SequenceNumber) -> SequenceNumber {
    isEmpty ? next : join(from: next)
  }

  private mutating func join(from next: SequenceNumber) -> SequenceNumber {
    var next = next
    var rest = SelectiveBlocks()
    for index in 0..<blocks.count {
      let block = blocks[index]
      if block.left <= next {
        next = SequenceNumber.max(next, block.right)
      } else {
        rest.append(block)
      }
    }
    blocks = rest
    return next
  }
}

extension SequenceNumber {
  /// Whether this lies in a stretch.
  fileprivate func isIn(_ block: SelectiveBlock) -> Bool { block.left <= self && self < block.right }
}
