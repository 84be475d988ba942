package import Time

/// What a path between two ends does to what is sent over it.
package struct SimulatedPath: Sendable {
  /// How long everything takes.
  package var delay = Interval.milliseconds(1)
  /// How much longer something may take: what is sent later may then arrive earlier.
  package var jitter = Interval.zero
  /// How probably something meets congestion: it is marked where it may be, and passes unmarked where it may not, 0 to 1.
  package var congestion = 0.0
  /// How long something must wait to be sent to have met congestion; nil where only chance decides.
  package var markingQueue: Interval?
  /// How probably something is lost, 0 to 1.
  package var loss = 0.0
  /// How much is lost in a row at most, where anything is. What is sent a second later is not of that row: on a quiet path
  /// it would be every answer for minutes, and an end that gives up would be right.
  package var longestBurst = 1
  /// How probably something arrives twice.
  package var duplication = 0.0
  /// How probably something arrives damaged.
  package var corruption = 0.0
  /// Bytes that can be sent in a second; nil where it takes no time.
  package var bandwidth: UInt64?
  /// How long something may wait to be sent; what would wait longer is dropped.
  package var longestQueue = Interval.seconds(1)

  /// A path of a millisecond that loses nothing.
  package init() {}
}

/// One direction of a link under a virtual clock: things go in, and come out later, out of order, twice or not at all.
package struct SimulatedLink<Item> {
  /// What comes out.
  package struct Arrival {
    /// When.
    package let time: Instant
    /// What.
    package let item: Item
    /// Whether it was damaged on the way.
    package let isDamaged: Bool
    /// Whether it has met congestion.
    package let hasMetCongestion: Bool
  }

  private let path: SimulatedPath
  private var random: SeededRandom
  private var isBusyUntil = Instant.epoch
  private var burst = 0
  private var burstEnd = Instant.epoch
  private var underway: [Arrival] = []

  /// A direction that behaves by `path` and chance by `random`.
  package init(_ path: SimulatedPath, random: SeededRandom) {
    self.path = path
    self.random = random
  }

  /// When the next thing comes out.
  package var nextArrival: Instant { underway.first?.time ?? .never }

  /// Sends something of so many bytes.
  package mutating func send(_ item: Item, byteCount: Int, at now: Instant) {
    var start = now
    if let bandwidth = path.bandwidth {
      start = max(now, isBusyUntil)
      guard start.since(now) <= path.longestQueue else { return }
      isBusyUntil = start + Interval(nanoseconds: UInt64(byteCount) * 1_000_000_000 / bandwidth)
      start = isBusyUntil
    }
    let isQueued = path.markingQueue.map { start.since(now) > $0 } ?? false
    let hasMetCongestion = happens(path.congestion) || isQueued
    guard !isLost(at: now) else { return }
    for _ in 0..<(happens(path.duplication) ? 2 : 1) {
      let jitter = Interval(nanoseconds: UInt64.random(in: 0...path.jitter.nanoseconds, using: &random))
      let arrival = Arrival(
        time: start + path.delay + jitter, item: item, isDamaged: happens(path.corruption),
        hasMetCongestion: hasMetCongestion)
      let place = underway.lastIndex { $0.time <= arrival.time }.map { $0 + 1 } ?? 0
      underway.insert(arrival, at: place)
    }
  }

  /// Takes out what has arrived; nil when there is nothing more.
  package mutating func receive(at now: Instant) -> Arrival? {
    guard let first = underway.first, first.time <= now else { return nil }
    return underway.removeFirst()
  }

  private mutating func isLost(at now: Instant) -> Bool {
    if now > burstEnd { burst = 0 }
    if burst == 0, happens(path.loss) {
      burst = Int.random(in: 1...path.longestBurst, using: &random)
      burstEnd = now + .seconds(1)
    }
    guard burst > 0 else { return false }
    burst -= 1
    return true
  }

  private mutating func happens(_ probability: Double) -> Bool {
    probability > 0 && Double.random(in: 0..<1, using: &random) < probability
  }
}
