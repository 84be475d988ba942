import HTTP
import Wire

/// The present second as heads and logs spell it; made anew when the second changes.
struct DateTexts: ~Copyable {
  private var arena = ByteArena(byteCount: 64)
  private static let logOffset = 32

  /// Seconds since 1970 (UTC) that the texts stand for.
  private(set) var unixSeconds: Int64 = -1

  /// Makes the texts for a second, unless they are for it already.
  mutating func update(to seconds: Int64) {
    guard seconds != unixSeconds else { return }
    unixSeconds = seconds
  }

  /// `Mon, 23 Nov 2026 07:51:03 GMT` (RFC 9110 §5.6.7), 29 bytes.
  @_lifetime(borrow self)
  borrowing func httpDate() -> RawSpan { arena.bytes(at: 0, count: 29) }

  /// `[23/Nov/2026:07:51:03 +0000]`, 28 bytes.
  @_lifetime(borrow self)
  borrowing func logDate() -> RawSpan { arena.bytes(at: DateTexts.logOffset, count: 28) }
}
