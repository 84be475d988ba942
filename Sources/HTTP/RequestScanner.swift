import Wire

/// Finds the end of a request's head in bytes that arrive in parts. Remembers how far it has looked, so that a head that
/// comes byte by byte is looked at once.
package struct RequestScanner: Equatable, Sendable {
  /// How many empty lines before a request are passed over (RFC 9112 §2.2).
  static let emptyLineLimit = 4

  private var position: UInt16 = 0
  private var lineStart: UInt16 = 0
  private var emptyLineCount: UInt8 = 0
  /// Whether the request line has ended.
  private(set) var hasLine = false

  /// What has been found.
  package enum Outcome: Equatable, Sendable {
    /// The head ends before this offset.
    case head(end: Int)
    /// The empty line has not arrived.
    case incomplete
    /// A control character, a bare CR or LF, or empty lines without end.
    case malformed
  }

  /// Has looked at nothing.
  package init() {}

  /// Looks on.
  /// - Parameter text: all bytes from the first of the request, at most 65,535.
  package mutating func scan(_ text: RawSpan) -> Outcome {
    var offset = Int(position)
    let end = min(text.byteCount, Int(UInt16.max))
    while true {
      offset = text.firstControl(from: offset, to: end)
      position = UInt16(truncatingIfNeeded: offset)
      guard offset < end else { return .incomplete }
      let byte = text.byte(at: offset)
      if byte == ASCII.tab {
        offset &+= 1
        continue
      }
      guard byte == ASCII.carriageReturn else { return .malformed }
      guard offset &+ 1 < end else { return .incomplete }
      guard text.byte(at: offset &+ 1) == ASCII.lineFeed else { return .malformed }
      if let outcome = endLine(at: offset) { return outcome }
      offset &+= 2
    }
  }

  /// A line ends at this offset.
  /// - Returns: what that decides, if anything.
  private mutating func endLine(at offset: Int) -> Outcome? {
    let isEmpty = offset == Int(lineStart)
    if isEmpty, hasLine { return .head(end: offset &+ 2) }
    if isEmpty { emptyLineCount &+= 1 } else { hasLine = true }
    lineStart = UInt16(truncatingIfNeeded: offset &+ 2)
    return emptyLineCount > Self.emptyLineLimit ? .malformed : nil
  }
}
