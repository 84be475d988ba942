import Time

/// The pace at which a large flight leaves (RFC 9002 §7.7 asks it of QUIC).
///
/// A window that is acknowledged all at once would leave all at once, and drown a queue that is shorter than it. Spread over half
/// of the round trip while the window doubles in each, and over most of it later (Linux: `tcp_pacing_ss_ratio`, `tcp_pacing_ca_ratio`),
/// it meets a queue that empties meanwhile. Small flights, and short round trips, gain nothing by that and only last longer.
struct Pacing: Sendable {
  /// When all that has left would have left at the pace.
  private var end = Instant.epoch
  /// When text that waits for its turn may leave; `never` while none does.
  private(set) var deadline = Instant.never

  /// The smallest window, in segments, that is spread.
  private static let leastSegments: UInt32 = 64
  /// The shortest round trip that is spread over.
  private static let shortest = Interval.milliseconds(10)
  /// How far what leaves may be ahead of the pace, at least; it may always be so by ten segments.
  private static let shortestBurst = Interval.milliseconds(2)
  private static let burstSegments: UInt64 = 10
  /// How long text that has no turn waits for one, at least: timers tick in milliseconds.
  private static let pause = Interval.milliseconds(1)

  /// The pace of a connection at some time.
  struct Rate {
    /// Nanoseconds that the window takes to leave.
    private let duration: UInt64
    private let window: UInt64
    /// How far what leaves may be ahead.
    fileprivate let burst: Interval
    /// How long a segment takes, rounded up: when that is over it may leave.
    fileprivate let segment: Interval

    /// The pace, or nil for a window that leaves as it can.
    init?(_ congestion: CongestionControl, roundTrip: Interval?, mss: UInt16) {
      guard congestion.window >= Pacing.leastSegments * UInt32(mss), let roundTrip, roundTrip >= Pacing.shortest else {
        return nil
      }
      window = UInt64(congestion.window)
      duration = congestion.window < congestion.threshold ? roundTrip.nanoseconds / 2 : roundTrip.nanoseconds / 6 * 5
      segment = Interval(nanoseconds: UInt64(mss) * duration / window + 1)
      burst = max(Pacing.shortestBurst, segment * Pacing.burstSegments)
    }

    /// How long so many bytes take.
    func time(of count: Int) -> Interval { Interval(nanoseconds: UInt64(count) * duration / window) }

    /// How many bytes may leave now, if those before would have left at `end`.
    func count(until end: Instant, at now: Instant) -> Int {
      let length = min((now + burst).since(end), burst)
      return Int(clamping: length.nanoseconds * window / duration)
    }
  }

  /// How many bytes may leave now.
  func allowance(_ rate: Rate, at now: Instant) -> Int { rate.count(until: end, at: now) }

  /// Text has left.
  mutating func noteSent(_ count: Int, _ rate: Rate, at now: Instant) {
    end = max(end, now) + rate.time(of: count)
    deadline = .never
  }

  /// Text is to wait until a segment has its turn.
  mutating func wait(_ rate: Rate, at now: Instant) {
    // What left at a slower pace than today's is not waited for.
    end = min(end, now + rate.burst)
    deadline = now + max(Pacing.pause, (end + rate.segment).since(now + rate.burst))
  }

  /// Text that has waited may leave, if it is time.
  mutating func fire(at now: Instant) {
    if deadline <= now { deadline = .never }
  }
}
