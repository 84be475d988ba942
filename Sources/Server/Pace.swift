import Time

/// How fast a client takes what it is sent, in spans of time that begin when there is something to take.
struct Pace {
  /// Bytes acknowledged in the present span; more than fit count as so many.
  private(set) var count: UInt32 = 0
  /// Spans in a row in which the client was too slow.
  private(set) var slowSpans: UInt16 = 0
  /// When the present span began.
  private(set) var start = Instant.epoch

  /// There is something to take, and nothing was before.
  mutating func begin(at now: Instant) {
    (count, slowSpans, start) = (0, 0, now)
  }

  /// The client has acknowledged so many bytes.
  mutating func acknowledged(_ bytes: UInt64) {
    let (sum, overflow) = count.addingReportingOverflow(UInt32(truncatingIfNeeded: bytes))
    count = overflow || bytes > UInt64(UInt32.max) ? .max : sum
  }

  /// Whether the client has taken less than `rate` bytes a second in the present span, as far as it goes.
  func isBelow(_ rate: UInt64, at now: Instant) -> Bool {
    let (least, overflow) = rate.multipliedReportingOverflow(by: now.since(start).milliseconds)
    return overflow || UInt64(count) * 1_000 < least
  }

  /// Ends the present span and begins another.
  /// - Returns: how long the client has been too slow, in spans of this length; 0 when in this one it was not.
  mutating func nextSpan(of length: Interval, leastRate rate: UInt64, at now: Instant) -> Int {
    let spans = now.since(start).nanoseconds / max(length.nanoseconds, 1)
    slowSpans = isBelow(rate, at: now) ? UInt16(clamping: UInt64(slowSpans) + max(spans, 1)) : 0
    (count, start) = (0, now)
    return Int(slowSpans)
  }
}
