import Time
import Wire

/// Explicit congestion notification: routers mark segments where they would have to drop them, and whoever receives them tells
/// the sender (RFC 3168 §6.1).
extension Connection {
  /// Takes in what an acceptable segment tells of the way to us: each acknowledgment says so until the peer has heard of it.
  mutating func takeMarks(_ segment: Segment) {
    guard segment.textCount > 0 else { return }
    let wasEchoing = notices.contains(.isEchoing)
    // The segment that says that the window was reduced may have met congestion itself (§6.1.3).
    if segment.header.congestion.contains(.windowReduced) { notices.remove(.isEchoing) }
    if segment.hasMetCongestion { notices.insert(.isEchoing) }
    // A peer that reduces its window may have little in flight, and waits for each acknowledgment.
    if wasEchoing != notices.contains(.isEchoing) { obligation = .due }
  }

  /// An acknowledgment tells that text of ours has met congestion: the window comes down as for a loss, though nothing was
  /// lost, and once for all that is in flight (§6.1.2, RFC 9438 §4.6).
  mutating func heedEcho(_ segment: Segment, _ news: AcknowledgmentNews) {
    // One that was overtaken tells what is known.
    guard segment.header.congestion.contains(.echo), segment.header.acknowledgment == snd.una, recovery.phase == .none,
      !recovery.flags.contains(.isPointAhead)
    else { return }
    congestion.reduce(flight: news.flight, mss: snd.mss)
    // That is no guess, and nothing will take it back.
    recovery.windowBefore = 0
    recovery.begin(.reducing, upTo: snd.max, flight: snd.flight)
    notices.insert(.owesWindowReduced)
  }

  /// Lets the window come down for an echo. What else is lost meanwhile does not reduce it again.
  mutating func reduceForEcho(_ news: AcknowledgmentNews, hasNewLoss: Bool) {
    guard snd.una < recovery.point else {
      if flight.lost > 0 { beginRepair(news) }
      return
    }
    if flight.lost > 0 { recovery.phase = .repairing }
    reduceWindow(news, hasNewLoss: hasNewLoss)
  }

  /// Writes what there is to tell on a segment of `count` bytes. Only text that leaves for the first time, and into the
  /// window, asks routers for marks and says that the window was reduced (§6.1.2, §6.1.5, §6.1.6).
  @inline(__always)
  mutating func writeNotices(on segment: inout OutgoingSegment) {
    guard !notices.isEmpty else { return }
    if notices.contains(.isEchoing) { segment.congestion.insert(.echo) }
    guard segment.textCount > 0, !segment.isRetransmission, segment.textOffset + segment.textCount <= Int(snd.wnd)
    else { return }
    segment.mark = .capable0
    if notices.contains(.owesWindowReduced) {
      segment.congestion.insert(.windowReduced)
      notices.remove(.owesWindowReduced)
    }
  }
}

/// What two ends that speak of congestion have to tell each other.
struct CongestionNotices: OptionSet, Sendable {
  let rawValue: UInt8

  /// Both ends speak of congestion.
  static let isAgreed = CongestionNotices(rawValue: 1)
  /// Text of the peer has met congestion, and the peer has not said that it knows.
  static let isEchoing = CongestionNotices(rawValue: 2)
  /// The window was reduced, and the peer does not know.
  static let owesWindowReduced = CongestionNotices(rawValue: 4)
}

extension TCPCongestionFlags {
  /// The flags of a SYN that asks whether to speak of congestion (RFC 3168 §6.1.1).
  static let asking: TCPCongestionFlags = [.echo, .windowReduced]
  /// The flags of a SYN-ACK that agrees.
  static let agreeing: TCPCongestionFlags = .echo
}
