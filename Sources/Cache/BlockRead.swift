package import Pack

/// A read that is to be done: a block, from a sector of it on, into a frame.
package struct BlockRead: Equatable, Sendable {
  /// Which block.
  package let block: BlockNumber
  /// Where to.
  package let frame: Frame
  /// Which bytes of the block, and where in the frame: whole sectors.
  package let bytes: Range<Int>

  /// A read.
  package init(block: BlockNumber, frame: Frame, bytes: Range<Int> = 0..<BlockGeometry.byteCount) {
    self.block = block
    self.frame = frame
    self.bytes = bytes
  }
}
