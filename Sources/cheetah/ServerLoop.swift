import Admin
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
  var server: Cheetah<Device>
  var reads: BlockReads
  private let log: LogFile?
  let logger: Logger
  private var damages: DamageLog
  /// The sites, each in its place, to be looked for again where they were; none for a worker beside the first.
  var places: [SitePlace] = []
  /// The thread that opens a new pack, or makes it of a directory.
  var opening: WorkerThread?
  /// Whether all sites are to be looked for once more when it has done so.
  var opensOnceMore = false
  /// What ends the packing of a directory, which takes a while, when the server ends.
  let stop = StopSign()
  /// When packs that were served before are looked at again.
  var nextUnmount = Instant.epoch
  private let gracePeriod: Interval
  /// The number of this worker, from 0.
  private let number: Int
  let crew: Crew
  private let clock = MonotonicClock()
  private let wall = WallClock()
  private var drainDeadline = Instant.never

  /// How long the device is asked again and again before the loop sleeps.
  private var spin = Spin(processors: Processors.onMachine)

  /// How many connections are shown to those who run the server: each is a copy, made between two turns.
  private static var mostConnectionsShown: Int { 4_096 }

  /// How many busy turns may follow one another before signals are looked for: a few milliseconds of load.
  private static var mostTurnsBeforeSignals: Int { 128 }

  /// A loop around a server.
  init(
    server: consuming Cheetah<Device>, reads: consuming BlockReads, log: LogFile?, logger: Logger,
    gracePeriod: Interval, number: Int, of crew: Crew
  ) {
    damages = DamageLog(logger)
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
    run(device: device, wakenBy: [signals.descriptorNumber, crew.news.descriptorNumber], until: isOver) { loop in
      loop.heed(signals) && loop.heed(loop.crew.news)
    }
    stop.set()
    opening?.join()
    // Nobody has told the others yet when the device is gone, or there was nothing more to wait for.
    if drainDeadline == .never { crew.pass(.end) }
  }

  /// Runs another worker until an order ends it.
  mutating func run(device: Int32, orders: Mailbox<WorkerOrder>) {
    run(device: device, wakenBy: [orders.descriptorNumber], until: { false }) { loop in loop.heed(orders) }
  }

  private mutating func run(
    device: Int32, wakenBy descriptors: [Int32], until isOver: () -> Bool, heed: (inout ServerLoop) -> Bool
  ) {
    var poller = Poller()
    let deviceReady = poller.watch(device)
    let readsReady = poller.watch(reads.descriptorNumber)
    let ordersReady = descriptors.map { poller.watch($0) }
    var lastArrival = clock.now
    var turnsSinceSignals = 0
    var hasSlept = false
    while !server.engine.isDrained, !isOver() {
      let now = clock.now
      if now >= drainDeadline { break }
      let waited = now.since(lastArrival)
      if turn(at: now) {
        if hasSlept { spin.waited(waited) }
        hasSlept = false
        lastArrival = now
        turnsSinceSignals += 1
        guard turnsSinceSignals >= ServerLoop.mostTurnsBeforeSignals else { continue }
        // A device that always has more must not keep signals from being heard.
        turnsSinceSignals = 0
        if heed(&self) { continue } else { break }
      }
      if waited < spin.limit { continue }
      var deadline = min(min(server.engine.nextDeadline, drainDeadline), now + .seconds(1))
      if spin.isOfUse, let due = server.engine.nextAnswers(at: now) {
        if due.contains(now) { continue }
        deadline = min(deadline, due.lowerBound)
      }
      hasSlept = true
      let ready = poller.wait(until: deadline, orWritable: server.isBlocked ? deviceReady : [])
      if ordersReady.contains(where: { ready.contains($0) }), !heed(&self) { break }
      if ready.isSuperset(of: [.broken, deviceReady]), !server.device.recover() {
        logger.error("the device is gone")
        break
      }
      if ready.contains(readsReady) { lastArrival = clock.now }
    }
    reads.shutDown()
    damages.finish()
    log?.drainLast(&server.engine.log)
    crew.add(tally)
  }

  /// One turn of everything.
  /// - Returns: whether anything arrived.
  private mutating func turn(at now: Instant) -> Bool {
    server.engine.setDate(unixSeconds: wall.unixSeconds)
    // First, since it offers a refused frame again, and what was read may take the place of what that refers to.
    let hasArrived = server.takeIn(at: now)
    reads.complete(&server.engine, at: now) { damages.note($0) }
    // To send a window of megabytes takes milliseconds, and the disk need not wait for that.
    reads.submit(&server.engine)
    server.transmit(at: now)
    if server.engine.isLeaving { unmount(at: now) }
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
      case .hangUp: openAgain()
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
      case .mount(let pack, let site): mount(pack, of: site)
      case .opened: forgetOpening()
      case .summarize: summarize()
      case .report(let request): request.answer(report(withConnections: request.withConnections))
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

  private func report(withConnections: Bool) -> WorkerReport {
    WorkerReport(
      engine: server.engine.report, reads: reads.readCount, blocks: reads.blockCount,
      connections: withConnections ? server.engine.connectionReports(most: ServerLoop.mostConnectionsShown) : [])
  }

  private var tally: Tally { Tally(of: server.engine, reads: reads.readCount, of: reads.blockCount) }
}
