/// How far a connection on somebody else's TCP has come, besides its session.
struct SocketExchange {
  /// Bytes of requests that are not answered yet.
  var unread = 0
  /// The head of the answer that is being written; nil when there is none.
  var head: Int?
  /// Bytes of it that were written.
  var headOffset = 0
  /// How many pieces can be written now.
  var pieceCount = 0
  /// Whether the rest of the answer cannot be had.
  var isBroken = false
}

extension BodyCursor {
  /// Moves past so many bytes.
  mutating func drop(_ count: Int) {
    var rest = count
    while rest > 0, remaining > 0 {
      guard rest < countInBlock else {
        rest -= countInBlock
        nextBlock()
        continue
      }
      offset += rest
      remaining -= UInt64(rest)
      rest = 0
    }
  }
}
