import Wire

/// Finds the end of a request's head in bytes that arrive in parts. Remembers how far it has looked, so that a head that
/// comes byte by byte is looked at once.
package struct RequestScanner: Equatable, Sendable {
  private var position: UInt16 = 0
  private var lineStart: UInt16 = 0
  private var hasLine = false

  /// What has been found.
  package enum Outcome: Equatable, Sendable {
    /// The head ends before this offset.
    case head(end: Int)
    /// The empty line has not arrived.
    case incomplete
    /// A line ends with a bare LF, or begins with an end that is not one.
    case malformed
  }

  /// Has looked at nothing.
  package init() {}

  /// Looks on.
  /// - Parameter text: all bytes from the first of the request, at most 65,535.
  package mutating func scan(_ text: RawSpan) -> Outcome {
    var offset = Int(position)
    let count = min(text.byteCount, Int(UInt16.max))
    while offset < count {
      guard text.byte(at: offset) == 0x0A else {
        offset &+= 1
        continue
      }
      guard offset > 0, text.byte(at: offset &- 1) == 0x0D else { return .malformed }
      let isEmpty = offset &- 1 == Int(lineStart)
      // Empty lines before a request are skipped: old clients end a body with one (RFC 9112 §2.2).
      if isEmpty, hasLine { return .head(end: offset &+ 1) }
      if !isEmpty { hasLine = true }
      lineStart = UInt16(truncatingIfNeeded: offset &+ 1)
      offset &+= 1
    }
    position = UInt16(truncatingIfNeeded: offset)
    return .incomplete
  }
}
