import LinuxLink
import Pack
import PackBuilder
import Wire

extension PackReader {
  /// The part of a body that lies in one block.
  struct Piece: Equatable {
    /// The block.
    var block: BlockNumber
    /// Its bytes in the block's payload.
    var range: Range<Int>
  }

  /// The piece of a body from a position on.
  static func piece(of body: BodyLocation, at position: UInt64) -> Piece {
    let (block, offset) = body.place(of: position)
    let count = Int(min(body.count - position, UInt64(BlockGeometry.payloadCount - offset)))
    return Piece(block: block, range: offset..<(offset + count))
  }

  /// Hands the pieces of a body, in order, to `take`, with the block they are in.
  mutating func forEachPiece(
    of body: BodyLocation, _ take: (Piece, RawSpan) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    var position: UInt64 = 0
    while position < body.count {
      let piece = PackReader.piece(of: body, at: position)
      try load(piece.block)
      try take(piece, bytes())
      position += UInt64(piece.range.count)
    }
  }

  /// The hash of a body.
  mutating func digest(of body: BodyLocation) throws(CommandFailure) -> ContentHash.Digest {
    var hash = ContentHash()
    try forEachPiece(of: body) { piece, block throws(CommandFailure) in hash.update(block.extracting(piece.range)) }
    return hash.finish()
  }

  /// The hash of a body that is too long to be held, each of whose blocks is verified on the way.
  func digest(ofLong body: BodyLocation) throws(CommandFailure) -> ContentHash.Digest {
    var hash = ContentHash()
    var position: UInt64 = 0
    let blocks = UInt64(body.block.value)..<(UInt64(body.lastBlock.value) + 1)
    try file.forEachBlock(of: blocks) {
      CommandFailure.failed("\($0)")
    } _: { number, bytes throws(CommandFailure) in
      let block = BlockNumber(UInt32(number))
      do throws(PackError) {
        _ = try PackCheck.block(bytes, as: block, of: superblock)
      } catch {
        throw damage(error, in: block)
      }
      let piece = PackReader.piece(of: body, at: position)
      hash.update(bytes.extracting(piece.range))
      position += UInt64(piece.range.count)
    }
    return hash.finish()
  }

  /// A closer look at a block that is not what it should be.
  func damage(_ error: PackError, in block: BlockNumber) -> CommandFailure {
    var reader = PackReader(of: file, superblock)
    do throws(CommandFailure) {
      try reader.loadUnverified(block)
      return try Damage(error, in: block, reader).failure(&reader)
    } catch {
      return error
    }
  }

  /// All bytes of a body.
  mutating func content(of body: BodyLocation) throws(CommandFailure) -> [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(Int(body.count))
    try forEachPiece(of: body) { piece, block throws(CommandFailure) in content.append(block.extracting(piece.range)) }
    return content
  }
}
