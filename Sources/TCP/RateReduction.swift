import Wire

/// Proportional rate reduction: how a window comes down to the threshold while lost text is repaired (RFC 6937, RFC 9937).
struct RateReduction: Sendable {
  /// RecoverFS: numbers in flight when recovery began.
  private let flight: UInt32
  /// prr_delivered: numbers that have arrived since.
  private var delivered: UInt32 = 0
  /// prr_out: numbers sent since.
  private(set) var sent: UInt32 = 0

  /// A recovery begins.
  init(flight: UInt32) {
    self.flight = max(flight, 1)
  }

  /// Numbers have left.
  mutating func noteSent(_ count: UInt32) {
    sent = sent &+ min(count, .max - sent)
  }

  /// The window behind an acknowledgment that has told of `count` numbers.
  /// - Parameters:
  ///   - isGood: whether it moved SND.UNA and told of no more losses.
  ///   - pipe: numbers that are on their way.
  mutating func window(
    delivered count: UInt32, isGood: Bool, pipe: UInt32, threshold: UInt32, mss: UInt32
  ) -> UInt32 {
    delivered = delivered &+ min(count, .max - delivered)
    var allowed: UInt32
    if pipe > threshold {
      let share = (UInt64(delivered) * UInt64(threshold) + UInt64(flight) - 1) / UInt64(flight)
      // What is owed is paid in whole segments.
      let owed = share > UInt64(sent) ? share - UInt64(sent) : 0
      allowed = UInt32(clamping: (owed + UInt64(mss) - 1) / UInt64(mss) * UInt64(mss))
    } else {
      allowed = max(delivered > sent ? delivered - sent : 0, count)
      if isGood { allowed &+= mss }
      allowed = min(allowed, threshold - pipe)
    }
    // The first repair leaves whatever the numbers say.
    if sent == 0 { allowed = max(allowed, mss) }
    return max(pipe &+ allowed, mss)
  }
}
