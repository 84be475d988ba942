import Time
import Wire

/// Loss recovery: what has to be sent again, and how the window follows (RFC 6675, RFC 8985, RFC 6937).
extension Connection {
  /// An acknowledgment that is not what it should be if all went well, or comes while something does not.
  mutating func recover(_ news: AcknowledgmentNews, _ ranges: inout SentRanges) {
    let (now, lostBefore, phaseBefore) = (news.delivery.now, flight.lost, recovery.phase)
    takeRoundTrip(news.delivery)
    takeDuplicate(news, &ranges)
    settleTailProbe(news)
    // What had not been said to be held, and was sent only once, has been on its way when the timer expired: the time-out
    // was false (RFC 5682 §3.1, step 3b). A peer that says nothing may have held it for long.
    if isSelective, news.delivery.hasFalseLoss, recovery.flags.contains(.isDoubtful) {
      undo(&ranges, at: now)
    }
    if recovery.flags.contains(.isPointAhead), snd.una >= recovery.point { reachPoint(at: now) }
    countDuplicates(news, &ranges)
    let wait = isSelective ? detectLosses(at: now, &ranges) : nil
    switch recovery.phase {
    case .none:
      if flight.lost > 0 {
        beginRepair(news)
      } else if news.hasAdvanced, phaseBefore != .repairing, phaseBefore != .reducing {
        grow(news)
      }
    case .reducing: reduceForEcho(news, hasNewLoss: flight.lost > lostBefore)
    case .repairing: reduceWindow(news, hasNewLoss: flight.lost > lostBefore)
    case .timedOut: growAfterTimeout(news)
    }
    if let wait {
      timer = .reordering(at: now + wait)
    } else if news.hasAdvanced || news.delivery.count > 0 {
      timer = .off
      setTimer(at: now)
    }
  }

  /// Numbers that are on their way as far as can be told (RFC 6675 §4, SetPipe; RFC 6582's window inflation).
  package var pipe: UInt32 {
    let sent = snd.nxt.value &- snd.una.value
    let gone = flight.selected &+ flight.lost &+ UInt32(recovery.duplicates) &* UInt32(snd.mss)
    return sent > gone ? sent &- gone : 0
  }

  /// Whether an acknowledgment is to be expected: not of what is taken for lost and was not sent again, nor of the byte with
  /// which a closed window is probed.
  var isAwaiting: Bool { snd.nxt.value &- snd.una.value > flight.lost }

  /// Finds what is lost by what has arrived (RFC 8985 §6.2, steps 4 and 5).
  /// - Returns: how long until more will be taken for lost, if nothing arrives.
  mutating func detectLosses(at now: Instant, _ ranges: inout SentRanges) -> Interval? {
    let isUrgent = recovery.phase != .none || flight.selected > 2 * UInt32(snd.mss)
    let window = rack.reorderingWindow(isUrgent: isUrgent, timeout: timeout)
    return flight.detectLosses(rack, window: window, at: now, &ranges)
  }

  /// A peer that does not say what it holds: the third duplicate in a row, and each acknowledgment of a part, tell of a
  /// loss at SND.UNA (RFC 5681 §3.2, RFC 6582 §3.2).
  private mutating func countDuplicates(_ news: AcknowledgmentNews, _ ranges: inout SentRanges) {
    guard !isSelective, recovery.phase != .timedOut else { return }
    if news.hasAdvanced {
      // Each duplicate stood for a segment; those that are acknowledged now are counted no more.
      let segments = UInt8(clamping: news.text / UInt32(snd.mss))
      recovery.duplicates = recovery.phase == .repairing ? recovery.duplicates - min(recovery.duplicates, segments) : 0
      if recovery.phase == .repairing { flight.markFirstLost(count: UInt32(snd.mss), &ranges) }
    } else if news.isDuplicate {
      // Duplicates of what was sent again are no news.
      guard recovery.isReducing || !recovery.flags.contains(.isPointAhead) else { return }
      recovery.duplicates = min(recovery.duplicates + 1, 250)
      if recovery.phase != .repairing, recovery.duplicates >= Recovery.threshold {
        flight.markFirstLost(count: UInt32(snd.mss), &ranges)
      }
    }
  }

  /// The first loss: from here on the window comes down, and what is lost is sent again (RFC 6675 §5, step 4).
  mutating func beginRepair(_ news: AcknowledgmentNews) {
    remember()
    let owed = unsentAllowance(before: news)
    congestion.reduce(flight: snd.flight &+ owed, mss: snd.mss)
    recovery.begin(.repairing, upTo: snd.max, flight: snd.flight, owed: owed)
    reduceWindow(news, hasNewLoss: true)
  }

  /// New text in whole segments that both windows had allowed before an acknowledgment, and that has not left.
  private func unsentAllowance(before news: AcknowledgmentNews) -> UInt32 {
    let before = pipe &+ flight.lost &+ delivered(news)
    let sent = snd.nxt.value &- snd.una.value
    guard congestion.window > before, snd.wnd > sent, queue.byteCount > UInt64(sent) else { return 0 }
    let unsent = UInt32(clamping: queue.byteCount - UInt64(sent))
    let allowance = min(congestion.window - before, snd.wnd - sent, unsent)
    return allowance - allowance % UInt32(snd.mss)
  }

  /// Numbers that an acknowledgment has told to have arrived; one that only repeats itself stands for a segment.
  private func delivered(_ news: AcknowledgmentNews) -> UInt32 {
    !isSelective && news.isDuplicate ? UInt32(snd.mss) : news.delivery.count
  }

  /// Keeps what `undo` needs.
  mutating func remember() {
    recovery.windowBefore = congestion.window
    recovery.thresholdBefore = congestion.threshold
    recovery.repeated = 0
    if !notices.isEmpty { notices.insert(.owesWindowReduced) }
  }

  /// Lets the window come down step by step.
  mutating func reduceWindow(_ news: AcknowledgmentNews, hasNewLoss: Bool) {
    let window = recovery.reduction.window(
      delivered: delivered(news), isGood: news.hasAdvanced && !hasNewLoss, pipe: pipe, threshold: congestion.threshold,
      mss: UInt32(snd.mss))
    congestion.set(window)
  }

  /// Behind a time-out the window opens as at the start. The first acknowledgment that covers only what was sent again
  /// leaves the question open whether it had to be: new text will tell (RFC 5682 §2.1, step 2).
  private mutating func growAfterTimeout(_ news: AcknowledgmentNews) {
    let isFirst = isSelective && recovery.flags.contains(.isDoubtful) && !recovery.flags.contains(.prefersNew)
    if news.hasAdvanced {
      grow(news)
      if isFirst { recovery.flags.insert(.prefersNew) } else { recovery.flags.remove([.isDoubtful, .prefersNew]) }
    } else if news.isDuplicate || news.hasSelections {
      recovery.flags.remove([.isDoubtful, .prefersNew])
    }
  }

  /// Everything that was in flight when recovery began is acknowledged.
  private mutating func reachPoint(at now: Instant) {
    if recovery.isReducing { congestion.set(max(congestion.threshold, UInt32(snd.mss))) }
    // What says that the window was reduced is the next text: until it has arrived echoes are no news (RFC 3168 §6.1.2).
    if recovery.phase == .reducing, snd.una == recovery.point { return }
    // Without selective acknowledgments the point has to be passed: see `countDuplicates` (RFC 6582 §3.2, step 1).
    if isSelective || snd.una > recovery.point { recovery.flags.remove(.isPointAhead) }
    recovery.flags.remove([.isDoubtful, .prefersNew])
    recovery.phase = .none
    recovery.duplicates = 0
    rack.leaveRecovery()
  }
}
