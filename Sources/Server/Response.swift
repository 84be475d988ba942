import HTTP
import Pack

/// A response that is ready to be sent: its head is composed, and its body is known to exist.
struct Response {
  /// What it says.
  var status: Status
  /// The place of its head.
  var head: Int
  /// Its body; empty in answer to HEAD, and where the body is composed behind the head.
  var body = BodyCursor()
  /// The plan of its parts; nil where the body is in one piece.
  var parts: PartsNumber?
  /// How the content is coded; nil where it is no file's.
  var coding: Representation.Coding?
  /// Whether another request may follow.
  var keepsAlive: Bool
}
