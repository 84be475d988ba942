/// What a segment has changed, for the application above.
package struct Arrival: Equatable, Sendable {
  /// The part of the segment's text that is new, in bytes from its first; empty when there is none.
  package var text: Range<Int> = 0..<0
  /// How far behind the first unread byte this text belongs; 0 when it is the next to be read.
  package var textOffset = 0
  /// Whether text the application has not seen is now in order.
  package var hasText = false
  /// Bytes of ours that were acknowledged for the first time; their sources wait in the send queue to be released.
  package var acknowledgedCount: UInt64 = 0
  /// Whether the peer has closed its side: no text follows what is unread now.
  package var isPeerFinished = false
  /// Whether the segment may be forged and an acknowledgment is owed for nothing but that.
  package var isChallenged = false
  /// How the connection ended, once it has.
  package var ending: Ending?

  /// Nothing has changed.
  package init() {}
}

/// How a connection came to its end.
package enum Ending: Equatable, Sendable {
  /// Both sides closed and acknowledged; a `TimeWait` remembers it.
  case timeWait
  /// Both sides closed, the peer first; nothing needs to be remembered.
  case closed
  /// The peer reset it.
  case reset
  /// The peer has not answered for too long.
  case timedOut
  /// The peer does not want the connection that we have tried to open.
  case refused
  /// Nobody has the address to which we have tried to open a connection.
  case unreachable
}
