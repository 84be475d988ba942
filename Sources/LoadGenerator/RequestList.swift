import Wire

/// The requests that can be asked, spelled out once, and what their answers must be where that is to be looked at.
package struct RequestList: ~Copyable {
  private var texts: ByteArena
  private let textRanges: [Range<Int>]
  private var bodies: ByteArena
  private let bodyRanges: [Range<Int>?]

  /// One request and its answer.
  package struct Entry: Sendable {
    /// The whole head of the request.
    package var text: [UInt8]
    /// The body that must come back; nil where any will do.
    package var body: [UInt8]?

    /// A request whose answer is looked at where `body` is given.
    package init(text: [UInt8], body: [UInt8]? = nil) {
      self.text = text
      self.body = body
    }
  }

  /// Lays the requests out; there is one at least.
  package init(_ entries: [Entry]) {
    precondition(!entries.isEmpty, "nothing to ask for")
    texts = RequestList.joined(entries.map(\.text))
    textRanges = RequestList.ranges(entries.map(\.text.count))
    bodies = RequestList.joined(entries.map { $0.body ?? [] })
    let ranges = RequestList.ranges(entries.map { $0.body?.count ?? 0 })
    bodyRanges = zip(entries, ranges).map { entry, range in entry.body == nil ? nil : range }
  }

  /// All of the pieces, one behind the other.
  private static func joined(_ pieces: [[UInt8]]) -> ByteArena {
    var arena = ByteArena(byteCount: max(pieces.reduce(0) { $0 + $1.count }, 1))
    var end = 0
    for piece in pieces {
      arena.copy(piece, to: end)
      end += piece.count
    }
    return arena
  }

  /// Where pieces with these lengths lie, one behind the other.
  private static func ranges(_ counts: [Int]) -> [Range<Int>] {
    var end = 0
    return counts.map { count in
      end += count
      return (end - count)..<end
    }
  }

  /// How many requests there are.
  package var count: Int { textRanges.count }

  /// Bytes of a request.
  func textCount(of request: Int) -> Int { textRanges[request].count }

  /// Part of a request.
  @_lifetime(borrow self)
  borrowing func text(of request: Int, at offset: Int, count: Int) -> RawSpan {
    texts.bytes(at: textRanges[request].lowerBound + offset, count: count)
  }

  /// Whether a body of `length` bytes may be the answer to a request.
  func accepts(length: UInt64, of request: Int) -> Bool {
    guard let body = bodyRanges[request] else { return true }
    return UInt64(body.count) == length
  }

  /// Whether bytes are those of the body from `offset` on, which lies in it.
  borrowing func accepts(_ bytes: RawSpan, at offset: UInt64, of request: Int) -> Bool {
    guard let body = bodyRanges[request] else { return true }
    return bodies.bytes(at: body.lowerBound + Int(offset), count: bytes.byteCount).elementsEqual(bytes)
  }
}
