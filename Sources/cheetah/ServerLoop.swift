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
  private var damages: DamageLog
  private let gracePeriod: Interval
  /// The number of this worker, from 0.
  private let number: Int
  private let crew: Crew
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
    gracePeriod: Interval, number: Int, of crew: Crew
  ) {
    damages = DamageLog(of: reads.reader.file, server.engine.superblock, logger: logger)
    self.server = server
    self.reads = reads
    self.log = log
    self.logger = logger
    self.gracePeriod = gracePeriod
    self.number = number
    self.crew = crew
  }

  /// Runs the first worker until a signal ends it, or `isOver` says so, which is asked when nothing happens.
  /// - Parameter device: what to wait for the device by.
  mutating func run(device: Int32, signals: borrowing SignalDescriptor, until isOver: () -> Bool = { false }) {
    run(device: device, wakenBy: signals.descriptorNumber, until: isOver) { loop in loop.heed(signals) }
    // Nobody has told the others yet when the device is gone, or there was nothing more to wait for.
    if drainDeadline == .never { crew.pass(.end) }
  }

  /// Runs another worker until an order ends it.
  mutating func run(device: Int32, orders: Mailbox<WorkerOrder>) {
    run(device: device, wakenBy: orders.descriptorNumber, until: { false }) { loop in loop.heed(orders) }
  }

  private mutating func run(
    device: Int32, wakenBy descriptor: Int32, until isOver: () -> Bool, heed: (inout ServerLoop) -> Bool
  ) {
    var poller = Poller()
    let deviceReady = poller.watch(device)
    let readsReady = poller.watch(reads.descriptorNumber)
    let ordersReady = poller.watch(descriptor)
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
        if heed(&self) { continue } else { break }
      }
      if now.since(lastArrival) < ServerLoop.spin { continue }
      let deadline = min(min(server.engine.nextDeadline, drainDeadline), now + .seconds(1))
      let ready = poller.wait(until: deadline, orWritable: server.isBlocked ? deviceReady : [])
      if ready.contains(ordersReady), !heed(&self) { break }
      if ready.isSuperset(of: [.broken, deviceReady]), !server.device.recover() {
        logger.error("the device is gone")
        break
      }
      if ready.contains(readsReady) { lastArrival = clock.now }
    }
    reads.shutDown()
    damages.finish()
    log?.drain(&server.engine.log)
    crew.add(tally)
  }

  /// One turn of everything.
  /// - Returns: whether anything arrived.
  private mutating func turn(at now: Instant) -> Bool {
    server.engine.setDate(unixSeconds: wall.unixSeconds)
    reads.complete(&server.engine, at: now) { damages.note($0, isRead: $1, $2) }
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
        guard drainDeadline == .never else {
          crew.pass(.end)
          return false
        }
        logger.notice("stopping: \(server.engine.host.connectionCount) connections may finish; again to end at once")
        drain(until: clock.now + gracePeriod)
        crew.pass(.drain(until: drainDeadline))
      case .hangUp:
        summarize()
        crew.pass(.summarize)
      case .user1:
        summarize()
        crew.pass(.summarize)
        log?.reopen()
      }
    }
    return true
  }

  /// Does what the first worker has passed on.
  /// - Returns: false when the worker is to end at once.
  private mutating func heed(_ orders: Mailbox<WorkerOrder>) -> Bool {
    for order in orders.takeAll() {
      switch order {
      case .drain(let deadline): drain(until: deadline)
      case .summarize: summarize()
      case .end: return false
      }
    }
    return true
  }

  private mutating func drain(until deadline: Instant) {
    drainDeadline = deadline
    server.engine.drain(at: clock.now)
  }

  /// Says what was done so far, in a line.
  private func summarize() {
    logger.notice("\(crew.isMany ? "worker \(number): " : "")\(tally)")
  }

  private var tally: Tally { Tally(of: server.engine, reads: reads.reader.readCount, of: reads.reader.blockCount) }
}
