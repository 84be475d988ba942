import Pack

/// The contents of files as the pack before has them, read block by block: what has not been changed need not be looked for
/// in a file of its own.
struct OldContent {
  private let pack: PackFile?
  private var loaded: (number: BlockNumber, bytes: [UInt8])?

  /// The contents in a pack; none without one.
  init(in pack: PackFile?) {
    self.pack = pack
  }

  /// Longer ones are read from their files, piece by piece.
  private static let longest = UInt64(FileReader.pieceCount)

  /// The bytes of a body, if it is known where the pack has them, and they are what has its hash.
  mutating func content(of body: PackPlan.Body) -> [UInt8]? {
    guard let pack, body.source > 0, body.count <= OldContent.longest else { return nil }
    let (block, offset) = body.source.quotientAndRemainder(dividingBy: Int64(BlockGeometry.byteCount))
    guard let number = UInt32(exactly: block), offset < BlockGeometry.payloadCount else { return nil }
    let place = BodyLocation(block: BlockNumber(number), offset: Int(offset), count: body.count)
    var content: [UInt8] = []
    content.reserveCapacity(Int(body.count))
    while UInt64(content.count) < body.count {
      let (number, offset) = place.place(of: UInt64(content.count))
      guard load(number, of: pack), let bytes = loaded?.bytes else { return nil }
      let count = min(BlockGeometry.payloadCount - offset, Int(body.count) - content.count)
      content.append(bytes.bytes.extracting(offset..<(offset + count)))
    }
    return ContentHash.digest(of: content) == body.digest ? content : nil
  }

  /// Reads a block, unless it was the last that was read.
  private mutating func load(_ number: BlockNumber, of pack: PackFile) -> Bool {
    if loaded?.number == number { return true }
    loaded = nil
    guard pack.superblock.kind(of: number) == .data, let bytes = pack.block(number) else { return false }
    loaded = (number, bytes)
    return true
  }
}
