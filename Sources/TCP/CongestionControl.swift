import Time
package import Wire

/// How the window grows once slow start is over, and how far a loss takes it back.
package enum CongestionAlgorithm: UInt8, Sendable, CaseIterable {
  /// RFC 9438: the window comes back to where the last loss was, and pauses there.
  case cubic
  /// RFC 5681: half, and a segment each round trip.
  case newReno
}

/// How much may be in flight, in bytes: slow start, congestion avoidance, and what a loss changes.
package struct CongestionControl: Sendable {
  /// Which algorithm.
  package let algorithm: CongestionAlgorithm
  /// CWND: what may be in flight.
  package private(set) var window: UInt32
  /// SSTHRESH: below it the window doubles each round trip.
  package private(set) var threshold = UInt32.max
  /// Bytes acknowledged towards the next segment of growth in congestion avoidance (RFC 3465).
  private var credit: UInt32 = 0
  /// The most that was in flight at once in this round trip, or the last.
  private var peak: UInt32 = 0
  /// The number whose acknowledgment ends the round trip.
  private var peakEnd: SequenceNumber
  private var slowStart: SlowStart
  private var cubic = Cubic()

  /// The largest window: what a window field can say.
  private static let largest: UInt32 = 1 << 30

  /// The initial window of ten segments (RFC 6928 §2).
  package init(_ algorithm: CongestionAlgorithm = .cubic, mss: UInt16, una: SequenceNumber = SequenceNumber(0)) {
    self.algorithm = algorithm
    window = CongestionControl.initialWindow(mss: mss)
    peakEnd = una
    slowStart = SlowStart(una: una)
  }

  /// The handshake lost segments: the initial window is one segment (RFC 5681 §3.1).
  mutating func beginSmall(mss: UInt16) {
    window = UInt32(mss)
  }

  /// min(10 × MSS, max(2 × MSS, 14,600)) (RFC 6928 §2).
  static func initialWindow(mss: UInt16) -> UInt32 {
    min(10 * UInt32(mss), max(2 * UInt32(mss), 14_600))
  }

  /// Text has left: what is in flight now tells how much of the window is used.
  mutating func noteSent(una: SequenceNumber, nxt: SequenceNumber) {
    let flight = nxt.value &- una.value
    guard flight > peak || una >= peakEnd else { return }
    peak = flight
    peakEnd = nxt
  }

  /// Whether enough of the window was used to let it grow: one that was not has proved nothing (RFC 7661 §4.3).
  var isUsed: Bool { window / 2 < peak }

  /// New text was acknowledged, and the window had been used.
  mutating func acknowledged(_ news: Growth) {
    if window < threshold {
      let isFirst = threshold == .max
      let growth = isFirst ? slowStart.growth(news) : news.count
      window = isFirst ? grown(by: growth) : min(grown(by: growth), threshold)
      // Round trips have grown for long enough: the path is full, though nothing was lost (RFC 9406 §4.2).
      if isFirst, slowStart.isOver { threshold = window }
      return
    }
    switch algorithm {
    case .cubic: window = grown(by: cubic.growth(news, window: window))
    case .newReno:
      credit += min(news.count, window)
      guard credit >= window else { return }
      credit -= window
      window = grown(by: UInt32(news.mss))
    }
  }

  /// A loss, or a router's word: the threshold comes down (RFC 5681 §3.1, RFC 9438 §4.6). The window follows by `set`.
  mutating func reduce(flight: UInt32, mss: UInt16) {
    // A window that was not used has proved nothing: what was in flight counts.
    let used = isUsed || flight >= window / 2 ? window : flight
    credit = 0
    switch algorithm {
    case .cubic: threshold = max(cubic.reduce(from: used), 2 * UInt32(mss))
    case .newReno: threshold = max(used / 2, 2 * UInt32(mss))
    }
  }

  /// The window while it comes down, or when it has.
  mutating func set(_ window: UInt32) {
    self.window = min(window, CongestionControl.largest)
  }

  /// The retransmission timer expired (RFC 5681 §3.1).
  /// - Parameters:
  ///   - flight: numbers that were in flight.
  ///   - pipe: numbers of them that may still arrive.
  ///   - isFirst: whether this is the first time-out of this text: later ones keep the threshold.
  mutating func timedOut(flight: UInt32, pipe: UInt32, mss: UInt16, isFirst: Bool) {
    if isFirst { reduce(flight: flight, mss: mss) }
    set(pipe &+ UInt32(mss))
    credit = 0
  }

  /// The loss was none: everything is as it was before (RFC 4015 §3, RFC 9438 §4.9).
  mutating func restore(window: UInt32, threshold: UInt32) {
    set(max(self.window, window))
    self.threshold = max(self.threshold, threshold)
    cubic.restore(window)
  }

  /// Nothing was sent for `idle`, longer than a time-out: what was learned of the path grows stale. The window is halved for
  /// each time-out that has passed, down to the initial one, and the threshold remembers it (RFC 2861 §2).
  mutating func restart(idle: Interval, timeout: Interval, mss: UInt16) {
    cubic.pause(idle)
    let initial = CongestionControl.initialWindow(mss: mss)
    guard window > initial, timeout > .zero else { return }
    if threshold != .max { threshold = max(threshold, window - window / 4) }
    let halvings = min(idle.nanoseconds / timeout.nanoseconds, 31)
    window = max(window >> UInt32(halvings), initial)
  }

  private func grown(by bytes: UInt32) -> UInt32 {
    min(window &+ min(bytes, CongestionControl.largest), CongestionControl.largest)
  }
}

/// What an acknowledgment means for the growth of the window.
struct Growth {
  /// Bytes acknowledged for the first time.
  var count: UInt32
  /// The most text a segment may carry.
  var mss: UInt16
  /// SND.UNA behind the acknowledgment.
  var una: SequenceNumber
  /// SND.MAX.
  var max: SequenceNumber
  /// The round trip that the acknowledgment has measured, if it has.
  var roundTrip: Interval?
  /// SRTT.
  var smoothed: Interval
  /// When it came.
  var now: Instant
}
