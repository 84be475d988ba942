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

  /// The pieces of a body in order, from the block of a position on.
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

  /// All bytes of a body.
  mutating func content(of body: BodyLocation) throws(CommandFailure) -> [UInt8] {
    var content: [UInt8] = []
    try forEachPiece(of: body) { piece, block throws(CommandFailure) in
      content += piece.range.map { block.byte(at: $0) }
    }
    return content
  }
}
