import Cache
import Server
import Stack

/// What workers have done, in numbers that can be added up.
struct Tally: Sendable, CustomStringConvertible {
  private var requests: UInt64 = 0
  private var clientErrors: UInt64 = 0
  private var serverErrors: UInt64 = 0
  private var connections: UInt64 = 0
  private var open = 0
  private var resets: UInt64 = 0
  private var retransmissions: UInt64 = 0
  private var drops: UInt64 = 0
  private var overShare: UInt64 = 0
  private var slowRequests: UInt64 = 0
  private var slowReaders: UInt64 = 0
  private var idleEvicted: UInt64 = 0
  private var hits: UInt64 = 0
  private var misses: UInt64 = 0
  private var reads: UInt64 = 0
  private var blocks: UInt64 = 0
  private var lines: UInt64 = 0
  /// Lines of the access log that were lost.
  var lostLines: UInt64 = 0

  /// Of no worker.
  init() {}

  /// Of a worker's engine and its reads.
  init(of engine: borrowing Engine, reads readCount: UInt64, of blockCount: UInt64) {
    (requests, clientErrors) = (engine.counters.requests, engine.counters.clientErrors)
    serverErrors = engine.counters.serverErrors
    (connections, open) = (engine.host.counters.connectionsOpened, engine.host.connectionCount)
    (resets, retransmissions) = (engine.host.counters.connectionsReset, engine.host.counters.retransmissions)
    drops = engine.host.counters.drops.total
    overShare = engine.host.counters.synsOverShare
    slowRequests = engine.counters.headerTimeouts + engine.counters.headsEvicted
    slowReaders = engine.counters.slowReaders
    idleEvicted = engine.counters.idleEvicted
    (hits, misses) = (engine.cache.counters.hits, engine.cache.counters.misses)
    (reads, blocks) = (readCount, blockCount)
    (lines, lostLines) = (engine.log.lines, engine.log.dropped)
  }

  /// Of two workers, or groups of them, together.
  static func + (left: Tally, right: Tally) -> Tally {
    var sum = left
    sum.requests += right.requests
    sum.clientErrors += right.clientErrors
    sum.serverErrors += right.serverErrors
    sum.connections += right.connections
    sum.open += right.open
    sum.resets += right.resets
    sum.retransmissions += right.retransmissions
    sum.drops += right.drops
    sum.overShare += right.overShare
    sum.slowRequests += right.slowRequests
    sum.slowReaders += right.slowReaders
    sum.idleEvicted += right.idleEvicted
    sum.hits += right.hits
    sum.misses += right.misses
    sum.reads += right.reads
    sum.blocks += right.blocks
    sum.lines += right.lines
    sum.lostLines += right.lostLines
    return sum
  }

  private var log: String { lines + lostLines > 0 ? ", \(lines) lines of log (\(lostLines) lost)" : "" }

  /// All of it in a line.
  var description: String {
    """
    \(requests) requests (\(clientErrors) 4xx, \(serverErrors) 5xx), \(connections) connections, \(open) open, \
    \(resets) reset by peers, \(retransmissions) retransmissions, \(drops) frames dropped, \
    \(overShare) SYNs over the share of their address, \
    \(slowRequests) requests and \(slowReaders) answers given up as too slow, \
    \(idleEvicted) idle connections given up for others, \
    cache \(hits) hits \(misses) misses, \(reads) disk reads of \(blocks) blocks\(log)
    """
  }
}
