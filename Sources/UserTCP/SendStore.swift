import TCP
import Wire

/// Memory for text that was sent and is not acknowledged, in chunks of one size. It is allocated once; the kernel gives
/// its pages when they are first written.
///
/// TCP holds references only, so somebody has to keep the bytes until they have arrived. A server of files has them in a
/// cache anyway; for everybody else they are copied here, once.
struct SendStore: ~Copyable {
  /// Bytes of a chunk.
  static let chunkByteCount = 16_384

  private var memory: ByteArena
  private var counts: [UInt16]
  private var free: [UInt32]

  /// A store of so many chunks.
  init(chunks: Int) {
    memory = ByteArena(untouched: chunks * SendStore.chunkByteCount)
    counts = Array(repeating: 0, count: chunks)
    free = (0..<UInt32(chunks)).reversed()
  }

  /// Chunks that are free.
  var freeCount: Int { free.count }

  /// Copies text, as much of it as a chunk holds.
  /// - Returns: the run that refers to it; nil when no chunk is free or there is no text.
  mutating func store(_ text: RawSpan) -> TextRun? {
    guard text.byteCount > 0, let chunk = free.popLast() else { return nil }
    let count = min(text.byteCount, SendStore.chunkByteCount)
    var place = memory.mutableBytes(at: Int(chunk) * SendStore.chunkByteCount, count: count)
    place.copy(text.extracting(first: count), to: 0)
    counts[Int(chunk)] = UInt16(count)
    return TextRun(
      source: TextSource(chunk), offset: 0, stride: UInt32(SendStore.chunkByteCount), length: UInt64(count))
  }

  /// Gives a chunk back.
  mutating func release(_ source: TextSource) {
    free.append(source.number)
  }

  /// The bytes of a piece of text; traps outside of what was stored.
  @_lifetime(borrow self)
  borrowing func bytes(of piece: TextPiece) -> RawSpan {
    precondition(piece.offset + piece.count <= Int(counts[Int(piece.source.number)]), "outside the text")
    return memory.bytes(at: Int(piece.source.number) * SendStore.chunkByteCount + piece.offset, count: piece.count)
  }
}
