import Link
import LinuxLink
import LoadGenerator
import Stack
import TCP
import Time

/// The loop of a load: waits for frames, signals and deadlines, gives the client its turns and gathers what it measures.
struct LoadLoop<Device: LinkDevice & ~Copyable>: ~Copyable {
  private var client: LoadClient<Device>
  private var figures = LoadFigures()
  private var live: LiveLine
  private let clock = MonotonicClock()
  private let before: LinkCounters

  /// How long the device is asked again and again before the loop sleeps.
  private var spin = Spin(processors: Processors.onMachine)
  /// How long connections may take to close once all is answered.
  private static var farewell: Interval { .milliseconds(200) }

  /// A loop around a client.
  init(client: consuming LoadClient<Device>, isQuiet: Bool) {
    before = client.device.counters
    self.client = client
    live = LiveLine(isShown: !isQuiet)
  }

  /// Runs until all is answered, or a signal ends it.
  mutating func run(device: Int32, signals: borrowing SignalDescriptor) throws(CommandFailure) {
    var poller = Poller()
    let deviceReady = poller.watch(device)
    let signalsReady = poller.watch(signals.descriptorNumber)
    var (lastArrival, deadline) = (clock.now, Instant.never)
    while deadline == .never || client.engine.connectionCount > 0 {
      let now = clock.now
      if now >= deadline { break }
      if client.turn(at: now) { lastArrival = now }
      while let latency = client.engine.nextLatency() { figures.record(latency) }
      if client.engine.isOver {
        if deadline == .never { deadline = now + LoadLoop.farewell }
        client.engine.closeIdle(at: now)
      }
      if live.isDue(at: now) { live.show(client.engine, figures, at: now) }
      if now.since(lastArrival) < spin.limit { continue }
      let wake = min(min(client.engine.nextDeadline, deadline), live.nextDue)
      let ready = poller.wait(until: wake, orWritable: client.isBlocked ? deviceReady : [])
      if ready.contains(deviceReady) { spin.waited(clock.now.since(lastArrival)) }
      if ready.isSuperset(of: [.broken, deviceReady]) { throw .failed("the device is gone") }
      if ready.contains(signalsReady), signals.next() != nil {
        if client.engine.isOver || deadline != .never { break }
        client.engine.stop()
        deadline = now + LoadLoop.farewell
      }
    }
    live.clear()
  }

  /// What was measured.
  borrowing func report(_ name: String, _ options: BenchOptions) -> LoadReport {
    let counters = client.device.counters
    return LoadReport(
      name: name, options: options, counters: client.engine.counters, stack: client.engine.host.counters,
      figures: figures, framesIn: counters.framesIn - before.framesIn, framesOut: counters.framesOut - before.framesOut,
      elapsed: client.engine.start.map { client.engine.lastAnswer.since($0) } ?? .zero)
  }
}

/// A line on the terminal that says once a second how a load is going.
struct LiveLine {
  private let isShown: Bool
  /// When it is shown again.
  private(set) var nextDue: Instant
  private var last = (answered: UInt64(0), at: Instant.epoch)

  /// A line that is shown, where a person looks, or one that is not.
  init(isShown: Bool) {
    self.isShown = isShown && CommandOutput.isTerminal
    nextDue = self.isShown ? .epoch : .never
  }

  /// Whether a second has passed.
  func isDue(at now: Instant) -> Bool { now >= nextDue }

  /// Shows it.
  mutating func show(_ engine: borrowing LoadEngine, _ figures: LoadFigures, at now: Instant) {
    let counters = engine.counters
    if let start = engine.start, last.at != .epoch {
      let rate = Double(counters.answered - last.answered) / now.since(last.at).seconds
      let seconds = now.since(start).seconds
      CommandOutput.progress(
        """
        \(seconds.decimal(1)) s  \(rate.decimal(0)) answers/s  p50 \(figures.percentile(50).milliseconds(3)) ms  \
        p99 \(figures.percentile(99).milliseconds(3)) ms  \(engine.connectionCount) connections  \
        \(counters.failureCount) failures
        """)
    }
    last = (counters.answered, now)
    nextDue = now + .seconds(1)
  }

  /// Takes it away.
  func clear() {
    if isShown { CommandOutput.progress("") }
  }
}
