import HTTP
import Wire

/// The present second as heads spell it; made anew when the second changes.
struct DateText: ~Copyable {
  private var arena = ByteArena(byteCount: HTTPDate.byteCount)

  /// Seconds since 1970 (UTC) that the text stands for.
  private(set) var unixSeconds: Int64 = -1

  /// Makes the text for a second, unless it is for it already.
  mutating func update(to seconds: Int64) {
    guard seconds != unixSeconds else { return }
    unixSeconds = seconds
    let date = CalendarDate(unixSeconds: seconds)
    var bytes = arena.mutableBytes(at: 0, count: HTTPDate.byteCount)
    HTTPDate.write(date, to: &bytes, at: 0)
  }

  /// `Mon, 23 Nov 2026 07:51:03 GMT` (RFC 9110 §5.6.7), 29 bytes.
  @_lifetime(borrow self)
  borrowing func httpDate() -> RawSpan { arena.bytes(at: 0, count: HTTPDate.byteCount) }
}
