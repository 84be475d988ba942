package import Cache
import HTTP
package import Pack
package import Stack
package import Time
import Wire

/// The server without a device, a disk or a clock: a host, a cache of the packs' blocks, and the sessions between them.
///
/// Whoever runs it gives it frames and completed reads, wakes it at its deadline, and takes frames, reads and log lines from
/// it. One thread owns an engine; engines share nothing.
package struct Engine: ~Copyable {
  /// How clients are treated.
  package let configuration: EngineConfiguration
  /// The packs that are served.
  package internal(set) var sites: SiteTable
  /// What has been answered.
  package internal(set) var counters = EngineCounters()
  /// The same by status.
  package internal(set) var statuses = StatusCounts()
  /// How long answers took.
  package internal(set) var latency = LatencyHistogram()
  /// The blocks that are in memory.
  package internal(set) var cache: BlockCache
  /// The network.
  package internal(set) var host: Host
  /// Lines for the access log.
  package var log: AccessLog

  /// The slots of packs that were served before, and are still needed.
  var leaving: [PackSlot] = []
  var heads: HeadPool
  /// What was said within the present second.
  var answers: AnswerMemory
  /// What the log will say of answers that are on their way.
  var notes: AnswerNotes
  /// Copies of what is queued, where a send buffer is wanted.
  var copies: CopyPool
  var sessions: SessionTable
  /// The answers in several parts that are being sent.
  var plans = PartsPlans(capacity: 256)
  var dates = DateText()
  /// A request that is being looked at while it lies in no frame.
  var scratch: ByteArena?
  /// Where heads are composed.
  var workbench: ByteArena?
  /// The path of a request that had to be decoded.
  var decodedPath: ByteArena?
  /// The path or reference that a rule has made.
  var ruledPath: ByteArena?
  /// Sessions that found no place for a head or a copy and look again when one is free.
  var starved: WaitingLine
  var isDraining = false
  /// The place that was last looked at for a connection on which nothing happens.
  var sweep = 0
  /// When clients were last looked through for those that hold what others need.
  var lastRelief = Instant.epoch

  /// An engine that serves a pack, whatever the host that is asked for.
  package init(
    _ configuration: EngineConfiguration, host: consuming Host, cache: consuming BlockCache, superblock: Superblock
  ) {
    self.init(configuration, host: host, cache: cache, sites: [SitePack(superblock)])
  }

  /// An engine that serves packs, each to those who ask for its hosts.
  /// - Parameter cache: made for the first of the packs.
  package init(
    _ configuration: EngineConfiguration, host: consuming Host, cache: consuming BlockCache, sites packs: [SitePack]
  ) {
    self.configuration = configuration
    sites = SiteTable(packs)
    let most = host.configuration.mostConnections
    self.host = host
    self.cache = cache
    for site in sites.numbers.dropFirst() { self.cache.mount(sites[site].superblock.identity, at: sites[site].slot) }
    self.heads = HeadPool(capacity: configuration.mostHeads)
    self.answers = AnswerMemory(heads: configuration.mostHeads)
    self.copies = CopyPool(count: configuration.mostCopies, size: BlockGeometry.payloadCount)
    self.sessions = SessionTable(capacity: most)
    self.starved = WaitingLine(capacity: most)
    self.log = AccessLog(capacity: configuration.accessLogCapacity, format: configuration.logFormat)
    self.notes = AnswerNotes(capacity: configuration.accessLogCapacity > 0 ? configuration.mostHeads : 0)
    self.scratch = ByteArena(byteCount: Engine.scratchSize)
    self.workbench = ByteArena(byteCount: HeadPool.longest)
    self.decodedPath = ByteArena(byteCount: configuration.requestLimits.targetCount)
    self.ruledPath = ByteArena(byteCount: Engine.longestRuledPath)
    leaving.reserveCapacity(PackSlot.count)
  }

  static let scratchSize = 16_384

  /// Tells the wall clock's second, for the Date field and the log.
  package mutating func setDate(unixSeconds: Int64) {
    guard unixSeconds != dates.unixSeconds else { return }
    dates.update(to: unixSeconds)
    log.setDate(unixSeconds: unixSeconds)
  }

  /// Counts an answer.
  mutating func count(_ status: Status) {
    counters.count(status: status.rawValue)
    statuses.add(status)
  }

  /// The earliest moment at which `fire` has something to do.
  package var nextDeadline: Instant { host.nextDeadline }

  /// When peers are to answer next, which is worth being awake for; nil where nothing is due.
  package func nextAnswers(at now: Instant) -> Range<Instant>? { host.dueAnswers.window(at: now) }
}
