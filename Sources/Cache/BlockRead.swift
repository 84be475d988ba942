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
