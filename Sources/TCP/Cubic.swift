import Time

/// CUBIC's growth in congestion avoidance, in integers: bytes and milliseconds (RFC 9438).
struct Cubic: Sendable {
  /// When this stage of growth began; `never` until the first acknowledgment of it.
  private var start = Instant.never
  /// W_max: the window at the last loss, to which the growth comes back.
  private var maximum: UInt32 = 0
  /// K: how long after the start it gets there, in milliseconds.
  private var delay: UInt32 = 0
  /// W_est: the window that NewReno would have.
  private var estimate: UInt32 = 0
  /// cwnd_prior: the window when the last loss was noticed.
  private var prior: UInt32 = 0
  /// Bytes acknowledged towards the next segment of `estimate`.
  private var estimateCredit: UInt32 = 0
  /// What was left of the last division, in parts of the window.
  private var rest: UInt32 = 0

  /// By how much the window grows with an acknowledgment (§4.2 to §4.5).
  mutating func growth(_ news: Growth, window: UInt32) -> UInt32 {
    if start == .never { begin(window: window, mss: news.mss, at: news.now) }
    let elapsed = news.now.since(start)
    estimateNewReno(news, window: window)
    // Where NewReno would be faster CUBIC is no slower (§4.3).
    if self.window(after: elapsed, mss: news.mss) < estimate { return estimate > window ? estimate - window : 0 }
    let wanted = self.window(after: elapsed + news.smoothed, mss: news.mss)
    let target = min(max(wanted, window), window + window / 2)
    let total = UInt64(target - window) * UInt64(news.count) + UInt64(rest)
    rest = UInt32(truncatingIfNeeded: total % UInt64(window))
    return UInt32(clamping: total / UInt64(window))
  }

  /// A loss: remembers where it was, a little lower when the last was higher, so that newcomers find room (§4.7).
  /// - Returns: the threshold, seven tenths of the window (§4.6).
  mutating func reduce(from window: UInt32) -> UInt32 {
    prior = window
    maximum = window < maximum ? UInt32(UInt64(window) * 17 / 20) : window
    start = .never
    return UInt32(UInt64(window) * 7 / 10)
  }

  /// The loss was none (§4.9).
  mutating func restore(_ window: UInt32) {
    maximum = max(maximum, window)
    start = .never
  }

  /// Nothing was sent for a while: the growth goes on where it was (§5.8).
  mutating func pause(_ idle: Interval) {
    start = start + idle
  }

  private mutating func begin(window: UInt32, mss: UInt16, at now: Instant) {
    start = now
    estimate = window
    estimateCredit = 0
    rest = 0
    // K is the cube root of (W_max - cwnd) / C, where C is 0.4 segments for the cube of a second.
    let distance = maximum > window ? maximum - window : 0
    delay = Cubic.root(UInt64(distance) * 2_500_000_000 / UInt64(mss))
    maximum = max(maximum, window)
  }

  /// W_cubic(t) = C (t - K)³ + W_max (§4.2).
  private func window(after elapsed: Interval, mss: UInt16) -> UInt32 {
    // Beyond 50 seconds the window is long at its bound, and the cube would not fit.
    let time = Int64(clamping: elapsed.milliseconds) - Int64(delay)
    let bounded = min(max(time, -50_000), 50_000)
    let change = bounded * bounded * bounded / 2_500_000 * Int64(mss) / 1_000
    return UInt32(clamping: Int64(maximum) + change)
  }

  /// Moves W_est: by 9/17 of a segment for each window that is acknowledged, by a whole one once it has reached the window
  /// of the last loss (§4.3).
  private mutating func estimateNewReno(_ news: Growth, window: UInt32) {
    estimateCredit &+= min(news.count, window)
    let price = estimate < prior ? UInt32(UInt64(window) * 17 / 9) : window
    guard estimateCredit >= price else { return }
    estimateCredit -= price
    estimate = min(estimate &+ UInt32(news.mss), 1 << 30)
  }

  /// The cube root, rounded down.
  static func root(_ number: UInt64) -> UInt32 {
    var root: UInt64 = 0
    for bit in (0..<21).reversed() {
      let candidate = root | 1 << UInt64(bit)
      if candidate * candidate * candidate <= number { root = candidate }
    }
    return UInt32(root)
  }
}
