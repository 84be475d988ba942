import Pack

/// The place in a pack at which the next thing may be put.
struct LayoutCursor {
  /// The block.
  private(set) var block = BlockNumber(1)
  /// The next byte of its payload.
  private(set) var offset = 0

  /// Bytes that are left in the block.
  var room: Int { BlockGeometry.payloadCount - offset }

  /// Where a record would stand.
  var place: RecordLocation { RecordLocation(block: block, offset: offset) }

  /// Moves on to where records of `front` bytes, with their head, and a body of so many bytes are to begin.
  ///
  /// What fits a block lies in one. A body that does not begins near the front of a block, so that all of its blocks but
  /// the last are full of it.
  /// - Throws: `tooLarge`.
  mutating func makeRoom(front: Int, body: UInt64) throws(BuildError) {
    offset = (offset + 7) & ~7
    let fits = room >= front && UInt64(room - front) >= body
    if !fits, offset > 0 { try nextBlock() }
  }

  /// Takes the place of an item.
  /// - Parameter isPacked: whether its bodies may run on over the end of a block; its records and heads never do.
  /// - Returns: where it begins.
  /// - Throws: `tooLarge`.
  mutating func place(_ extent: PackPlan.Extent, isPacked: Bool) throws(BuildError) -> RecordLocation {
    try makeRoom(front: extent.front, body: isPacked ? 0 : extent.bodies)
    let start = place
    try advance(by: UInt64(extent.front) + extent.bodies)
    return start
  }

  /// Moves past so many bytes.
  /// - Throws: `tooLarge`.
  mutating func advance(by count: UInt64) throws(BuildError) {
    let end = BodyLocation(block: block, offset: offset, count: 0).place(of: count)
    guard count < UInt64(BlockGeometry.largestBlockCount) * UInt64(BlockGeometry.payloadCount),
      end.block >= block, end.block.value < BlockGeometry.largestBlockCount
    else { throw .tooLarge }
    (block, offset) = end
  }

  /// Begins a block, unless nothing is in this one.
  /// - Throws: `tooLarge`.
  mutating func nextBlock() throws(BuildError) {
    guard offset > 0 else { return }
    guard block.value < BlockGeometry.largestBlockCount - 1 else { throw .tooLarge }
    (block, offset) = (block + 1, 0)
  }
}
