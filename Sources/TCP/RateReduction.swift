import Wire

/// Proportional rate reduction: how a window comes down to the threshold while lost text is repaired (RFC 6937, RFC 9937).
struct RateReduction: Sendable {
  /// RecoverFS: numbers in flight when recovery began.
  private let flight: UInt32
  /// prr_delivered: numbers that have arrived since.
  private var delivered: UInt32 = 0
  /// prr_out: numbers sent since.
  private(set) var sent: UInt32 = 0
  /// Numbers that the window had allowed before, and that have not left yet.
  private var owed: UInt32

  /// A recovery begins.
  /// - Parameters:
  ///   - flight: numbers in flight.
  ///   - owed: numbers that would have left before, had each acknowledgment been answered on its own. Acknowledgments are
  ///     read by the dozen, and the one that tells of a loss may come with those that had opened the window.
  init(flight: UInt32, owed: UInt32) {
    self.flight = max(flight &+ owed, 1)
    self.owed = owed
  }

  /// Numbers have left.
  mutating func noteSent(_ count: UInt32) {
    sent = sent &+ min(count, .max - sent)
  }

  /// Numbers have left for the first time: first of all what is owed.
  /// - Returns: whether anything was owed, so that they count as sent before the recovery began.
  mutating func noteNew(_ count: UInt32) -> Bool {
    let paid = min(owed, count)
    owed -= paid
    noteSent(count - paid)
    return paid > 0
  }

  /// The window behind an acknowledgment that has told of `count` numbers.
  /// - Parameters:
  ///   - isGood: whether it moved SND.UNA and told of no more losses.
  ///   - pipe: numbers that are on their way.
  mutating func window(
    delivered count: UInt32, isGood: Bool, pipe onItsWay: UInt32, threshold: UInt32, mss: UInt32
  ) -> UInt32 {
    let pipe = onItsWay &+ owed
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
