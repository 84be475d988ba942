package import TCP

/// A frame that `Host.nextFrame` has made: its headers wait in the host, its text lies where it always lay.
package struct FramePlan: Equatable, Sendable {
  /// The most pieces of text a frame may have.
  package static let mostPieces = SendQueue.mostPieces

  /// What the frame is.
  package enum Kind: Equatable, Sendable {
    /// One of the host's own frames, complete.
    case control
    /// A segment of a connection.
    case segment
  }

  /// What the frame is.
  package var kind: Kind
  /// Bytes of headers.
  package var headerCount: Int
  /// Where in the frame the TCP header begins: behind an Internet header of either version.
  package var segmentStart: Int
  /// How many pieces of text there are.
  package var pieceCount = 0
  /// Bytes of text.
  package var textCount = 0
  /// The most text a segment on the wire may carry: where `textCount` is larger the device has to cut it.
  package var segmentSize = 0
  /// Whether the sum of the text is still missing in the checksum: give it to `Host.finish`.
  package var needsTextSum = false
  private var pieces: (TextPiece, TextPiece, TextPiece, TextPiece)

  /// A frame without text.
  init(kind: Kind, headerCount: Int) {
    self.kind = kind
    self.headerCount = headerCount
    segmentStart = 0
    let none = TextPiece(source: TextSource(0), offset: 0, count: 0)
    self.pieces = (none, none, none, none)
  }

  /// A piece of the text, 0 to `pieceCount - 1`.
  package subscript(index: Int) -> TextPiece {
    precondition(index < pieceCount, "no such piece")
    // Fields of their own: whoever reads one of an array that is a value copies the array.
    switch index {
    case 0: return pieces.0
    case 1: return pieces.1
    case 2: return pieces.2
    default: return pieces.3
    }
  }

  /// Becomes the plan of a segment whose text is still to be appended. In place: a plan is too long to be copied for each
  /// frame.
  /// - Parameter start: where the TCP header begins.
  mutating func begin(
    _ segment: OutgoingSegment, headerCount: Int, at start: Int, needsTextSum: Bool
  ) {
    kind = .segment
    self.headerCount = headerCount
    segmentStart = start
    pieceCount = 0
    textCount = segment.textCount
    segmentSize = segment.segmentSize
    self.needsTextSum = needsTextSum
  }

  /// Appends the text of a segment.
  @inline(__always)
  mutating func append(textOf segment: OutgoingSegment, from connection: inout Connection) {
    connection.forEachPiece(of: segment) { append($0) }
  }

  @inline(__always)
  private mutating func append(_ piece: TextPiece) {
    switch pieceCount {
    case 0: pieces.0 = piece
    case 1: pieces.1 = piece
    case 2: pieces.2 = piece
    default: pieces.3 = piece
    }
    pieceCount += 1
  }

  /// Compares the plans piece by piece.
  package static func == (left: FramePlan, right: FramePlan) -> Bool {
    guard left.kind == right.kind, left.headerCount == right.headerCount, left.pieceCount == right.pieceCount,
      left.segmentStart == right.segmentStart,
      left.segmentSize == right.segmentSize, left.needsTextSum == right.needsTextSum
    else { return false }
    for index in 0..<left.pieceCount where left[index] != right[index] { return false }
    return true
  }
}
