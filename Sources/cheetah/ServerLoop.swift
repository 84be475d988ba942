import Cache
import Link
import LinuxLink
import Logging
import Server
import Stack
import TCP
import Time
import Wire

/// The loop: waits for frames, reads, signals and deadlines, and gives the server its turns.
struct ServerLoop<Device: LinkDevice & ~Copyable>: ~Copyable {
  private var server: Cheetah<Device>
  private var reads: BlockReads
  private let log: LogFile?
  private let logger: Logger
  private let gracePeriod: Interval
  private let clock = MonotonicClock()
  private let wall = WallClock()
  private var drainDeadline = Instant.never

  /// How long the device is asked again and again before the loop sleeps: less than a sleep and a wake-up cost.
  private static var spin: Interval { .microseconds(20) }

  /// How many busy turns may follow one another before signals are looked for: a few milliseconds of load.
  private static var mostTurnsBeforeSignals: Int { 128 }

  /// A loop around a server.
  init(
    server: consuming Cheetah<Device>, reads: consuming BlockReads, log: LogFile?, logger: Logger,
    gracePeriod: Interval
  ) {
    self.server = server
    self.reads = reads
    self.log = log
    self.logger = logger
    self.gracePeriod = gracePeriod
  }

  /// Runs until a signal ends it, or `isOver` says so, which is asked when nothing happens.
  /// - Parameter device: what to wait for the device by.
  mutating func run(device: Int32, signals: borrowing SignalDescriptor, until isOver: () -> Bool = { false }) {
    var poller = Poller()
    let deviceReady = poller.watch(device)
    let readsReady = poller.watch(reads.descriptorNumber)
    let signalsReady = poller.watch(signals.descriptorNumber)
    var lastArrival = clock.now
    var turnsSinceSignals = 0
    while !server.engine.isDrained, !isOver() {
      let now = clock.now
      if now >= drainDeadline { break }
      if turn(at: now) {
        lastArrival = now
        turnsSinceSignals += 1
        guard turnsSinceSignals >= ServerLoop.mostTurnsBeforeSignals else { continue }
        // A device that always has more must not keep signals from being heard.
        turnsSinceSignals = 0
        if heed(signals) { continue } else { break }
      }
      if now.since(lastArrival) < ServerLoop.spin { continue }
      let deadline = min(min(server.engine.nextDeadline, drainDeadline), now + .seconds(1))
      let ready = poller.wait(until: deadline, orWritable: server.isBlocked ? deviceReady : [])
      if ready.contains(signalsReady), !heed(signals) { break }
      if ready.isSuperset(of: [.broken, deviceReady]), !server.device.recover() {
        logger.error("the device is gone")
        break
      }
      if ready.contains(readsReady) { lastArrival = clock.now }
    }
    reads.shutDown()
    if let log {
      log.drain(&server.engine.log)
      log.close()
    }
    summarize()
  }

  /// One turn of everything.
  /// - Returns: whether anything arrived.
  private mutating func turn(at now: Instant) -> Bool {
    server.engine.setDate(unixSeconds: wall.unixSeconds)
    let logger = logger
    reads.complete(&server.engine, at: now) { logger.error("\($0)") }
    let hasArrived = server.turn(at: now)
    reads.submit(&server.engine)
    log?.drain(&server.engine.log)
    return hasArrived
  }

  /// Does what signals ask for.
  /// - Returns: false when the server is to end at once.
  private mutating func heed(_ signals: borrowing SignalDescriptor) -> Bool {
    while let signal = signals.next() {
      switch signal {
      case .terminate, .interrupt:
        guard drainDeadline == .never else { return false }
        logger.notice("stopping: \(server.engine.host.connectionCount) connections may finish; again to end at once")
        drainDeadline = clock.now + gracePeriod
        server.engine.drain(at: clock.now)
      case .hangUp: summarize()
      case .user1:
        summarize()
        log?.reopen()
      }
    }
    return true
  }

  /// What was done so far, in a line.
  private func summarize() {
    let (engine, host) = (server.engine.counters, server.engine.host.counters)
    let cache = server.engine.cache.counters
    logger.notice(
      """
      \(engine.requests) requests (\(engine.clientErrors) 4xx, \(engine.serverErrors) 5xx), \
      \(host.connectionsOpened) connections, \(server.engine.host.connectionCount) open, \
      \(host.connectionsReset) reset by peers, \(host.retransmissions) retransmissions, \
      \(host.drops.total) frames dropped, cache \(cache.hits) hits \(cache.misses) misses, \
      \(reads.reader.readCount) disk reads of \(reads.reader.blockCount) blocks
      """)
  }
}
