/// A number that stands for a piece of memory holding text. Only whoever fills the send queue knows which.
package struct TextSource: Hashable, Sendable {
  /// The number.
  package let number: UInt32

  /// The source with this number.
  @inlinable
  package init(_ number: UInt32) {
    self.number = number
  }
}

/// Text by reference: bytes that begin at `offset` of one source and run on from source to source.
///
/// Every source holds `stride` bytes of text; behind its last the text goes on at the first byte of the source with the
/// next number. A whole file is one run, however many blocks it fills.
package struct TextRun: Equatable, Sendable {
  /// Where the text begins.
  package var source: TextSource
  /// The first byte of it in that source, below `stride`.
  package var offset: UInt32
  /// Bytes of text in each source, 1 to 65,536.
  package var stride: UInt32
  /// Bytes of text in the run.
  package var length: UInt64

  /// A run of text; traps when it begins behind its source's end, or its sources are larger than any block.
  package init(source: TextSource, offset: UInt32, stride: UInt32, length: UInt64) {
    precondition(offset < stride && stride <= 65_536, "a run begins inside its source")
    self.source = source
    self.offset = offset
    self.stride = stride
    self.length = length
  }

  /// Bytes of the run that lie in its first source.
  @inlinable
  package var lengthInFirstSource: UInt64 { min(length, UInt64(stride &- offset)) }

  /// The source and offset just behind the run's last byte, counted in the run's own sources.
  package var end: (source: TextSource, offset: UInt32) {
    let position = UInt64(offset) + length
    let (sources, rest) = position.quotientAndRemainder(dividingBy: UInt64(stride))
    return (TextSource(source.number &+ UInt32(truncatingIfNeeded: sources)), UInt32(truncatingIfNeeded: rest))
  }

  /// Takes bytes off the front, no more than lie in the first source.
  mutating func dropFirst(_ count: UInt64) {
    length &-= count
    offset &+= UInt32(truncatingIfNeeded: count)
    guard offset == stride else { return }
    offset = 0
    source = TextSource(source.number &+ 1)
  }
}

/// A piece of text inside one source.
package struct TextPiece: Equatable, Sendable {
  /// Where it lies.
  package let source: TextSource
  // A source holds 65,536 bytes at most; frames of four pieces are handed on with every packet.
  @usableFromInline let start: UInt32
  @usableFromInline let length: UInt32

  /// A piece of a source.
  @inlinable
  package init(source: TextSource, offset: Int, count: Int) {
    self.source = source
    self.start = UInt32(offset)
    self.length = UInt32(count)
  }

  /// Its first byte in the source.
  @inlinable
  package var offset: Int { Int(start) }

  /// Bytes of it.
  @inlinable
  package var count: Int { Int(length) }
}
