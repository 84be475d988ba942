/// How much may be in flight: slow start, congestion avoidance, fast recovery (RFC 5681, RFC 6582). All in bytes.
package struct NewReno: Sendable {
  /// CWND: what may be in flight.
  package private(set) var window: UInt32
  /// SSTHRESH: below it the window doubles each round trip, above it grows by a segment.
  package private(set) var threshold = UInt32.max
  /// Bytes acknowledged towards the next segment of growth in congestion avoidance (RFC 3465).
  private var credit: UInt32 = 0

  /// The initial window of ten segments (RFC 6928 §2).
  package init(mss: UInt16) {
    window = NewReno.initialWindow(mss: mss)
  }

  /// The handshake lost segments: the initial window is one segment (RFC 5681 §3.1).
  mutating func beginSmall(mss: UInt16) {
    window = UInt32(mss)
  }

  /// min(10 × MSS, max(2 × MSS, 14,600)) (RFC 6928 §2).
  static func initialWindow(mss: UInt16) -> UInt32 {
    min(10 * UInt32(mss), max(2 * UInt32(mss), 14_600))
  }

  /// New text was acknowledged outside recovery (RFC 5681 §3.1).
  mutating func acknowledged(_ bytes: UInt32, mss: UInt16) {
    let mss = UInt32(mss)
    if window < threshold {
      window = grown(by: min(bytes, 2 * mss))
      return
    }
    credit += min(bytes, window)
    guard credit >= window else { return }
    credit -= window
    window = grown(by: mss)
  }

  /// Three duplicates: half of what is in flight, and what has left the network (RFC 5681 §3.2 steps 2 and 3).
  mutating func enterRecovery(flight: UInt32, mss: UInt16) {
    threshold = NewReno.halved(flight, mss: mss)
    window = threshold + 3 * UInt32(mss)
    credit = 0
  }

  /// Another duplicate during recovery: one more segment has left the network (§3.2 step 4).
  mutating func inflate(mss: UInt16) {
    window = grown(by: UInt32(mss))
  }

  /// Part of the lost flight was acknowledged (RFC 6582 §3.2 step 3).
  mutating func partiallyAcknowledged(_ bytes: UInt32, mss: UInt16) {
    let mss = UInt32(mss)
    window = window > bytes ? window - bytes : 0
    if bytes >= mss { window += mss }
    window = max(window, mss)
  }

  /// Everything that was in flight when recovery began is acknowledged (§3.2 step 3).
  mutating func leaveRecovery(flight: UInt32, mss: UInt16) {
    window = min(threshold, max(flight, UInt32(mss)) + UInt32(mss))
  }

  /// The retransmission timer expired (RFC 5681 §3.1).
  /// - Parameter isFirst: whether this is the first time-out of this text: later ones keep the threshold.
  mutating func timedOut(flight: UInt32, mss: UInt16, isFirst: Bool) {
    if isFirst { threshold = NewReno.halved(flight, mss: mss) }
    window = UInt32(mss)
    credit = 0
  }

  /// Nothing was sent for longer than a time-out: what was learned of the path is stale (§4.1).
  mutating func restart(mss: UInt16) {
    window = min(window, NewReno.initialWindow(mss: mss))
  }

  private static func halved(_ flight: UInt32, mss: UInt16) -> UInt32 {
    max(flight / 2, 2 * UInt32(mss))
  }

  private func grown(by bytes: UInt32) -> UInt32 {
    min(window &+ bytes, 1 << 30)
  }
}
