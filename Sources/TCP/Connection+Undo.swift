import Time
import Wire

/// Losses that were none: text was late, and was sent again for nothing (RFC 2883, RFC 3708, RFC 5682, RFC 4015).
extension Connection {
  /// The peer has received something twice. When all that was sent again had arrived before, nothing was lost.
  mutating func takeDuplicate(_ news: AcknowledgmentNews, _ ranges: inout SentRanges) {
    guard let twice = news.twice else { return }
    // A duplicate that nobody here sent is the network's, and that of a probe was meant.
    guard recovery.repeated > 0, twice.right <= recovery.point, !isProbe(twice) else { return }
    if rack.hasSeenReordering { rack.noteDuplicate(una: snd.una, nxt: snd.nxt) }
    let count = twice.right.value &- twice.left.value
    recovery.repeated -= min(recovery.repeated, count)
    if recovery.repeated == 0 { undo(&ranges, at: news.delivery.now) }
  }

  /// Whether what came twice is the tail that was sent again as a probe, which is no repair.
  private func isProbe(_ twice: SelectiveBlock) -> Bool {
    recovery.flags.isSuperset(of: [.isProbing, .isProbeRepeated]) && twice.right == recovery.probeEnd
  }

  /// Takes the reduction back: the window is what it was before.
  mutating func undo(_ ranges: inout SentRanges, at now: Instant) {
    guard recovery.windowBefore > 0 else { return }
    congestion.restore(window: recovery.windowBefore, threshold: recovery.thresholdBefore)
    flight.forgetLosses(&ranges)
    if recovery.phase == .timedOut { timeout.forgetBackOff() }
    recovery.phase = .none
    notices.remove(.owesWindowReduced)
    recovery.flags.remove([.isDoubtful, .prefersNew])
    recovery.windowBefore = 0
    recovery.repeated = 0
    recovery.duplicates = 0
    // What was taken for lost is awaited again.
    if timer.isIdle { setTimer(at: now) }
  }
}
