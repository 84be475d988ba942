package import Cache
package import Stack
package import TCP
package import Wire

/// How an engine stands at one moment, for people and their tools.
package struct EngineReport: Sendable {
  /// What was answered.
  package var answers = EngineCounters()
  /// The same by status.
  package var statuses = StatusCounts()
  /// How long it took.
  package var latency = LatencyHistogram()
  /// What the network has seen.
  package var stack = StackCounters()
  /// What the cache has done.
  package var cache = CacheCounters()
  /// Blocks the cache has room for.
  package var cacheFrames = 0
  /// Bytes the cache takes: of its blocks, and of all that it knows of them and of those who wait.
  package var cacheMemory = (arena: 0, tables: 0)
  /// Connections there are.
  package var connections = 0
  /// Handshakes there are.
  package var handshakes = 0
  /// Closed connections that are remembered.
  package var timeWaits = 0
  /// The most bytes that tables of connections may take.
  package var tableBytes = 0
  /// The most connections there may be.
  package var mostConnections = 0
  /// Connections that are there only for their peers.
  package var orphans = 0
  /// Heads that wait for their acknowledgment.
  package var heads = 0
  /// Lines of the access log that were written.
  package var logLines: UInt64 = 0
  /// Lines of the access log that were lost.
  package var lostLogLines: UInt64 = 0
  /// Whether it was told to stop.
  package var isDraining = false

  /// Of nothing.
  package init() {}
}

/// A connection at one moment.
package struct ConnectionReport: Sendable {
  /// The peer's address.
  package let address: IPAddress
  /// The peer's port.
  package let port: UInt16
  /// Its transmission control block.
  package let block: Connection
  /// Requests that were answered on it.
  package let requests: UInt32
  /// Whether an answer is being sent, or waits for the disk.
  package let isBusy: Bool
}

extension Engine {
  /// How the engine stands.
  package var report: EngineReport {
    var report = EngineReport()
    (report.answers, report.statuses, report.latency) = (counters, statuses, latency)
    (report.stack, report.cache, report.cacheFrames) = (host.counters, cache.counters, cache.arena.frameCount)
    report.cacheMemory = cache.byteCount
    (report.connections, report.handshakes) = (host.connectionCount, host.halfOpenCount)
    (report.timeWaits, report.heads) = (host.timeWaitCount, heads.count)
    report.orphans = host.orphanCount
    report.mostConnections = host.configuration.mostConnections
    report.tableBytes =
      MemoryPlan(host.configuration).total + configuration.byteCount(connections: report.mostConnections)
    (report.logLines, report.lostLogLines, report.isDraining) = (log.lines, log.dropped, isDraining)
    return report
  }

  /// The connections there are, at most so many.
  package func connectionReports(most: Int) -> [ConnectionReport] {
    var reports: [ConnectionReport] = []
    for number in 0..<host.configuration.mostConnections where reports.count < most {
      guard let id = sessions.connection(number), host.isValid(id) else { continue }
      let (peer, session) = (host.peer(of: id), sessions[id])
      reports.append(
        ConnectionReport(
          address: peer.address, port: peer.port, block: host.connection(id), requests: session.requestCount,
          isBusy: session.phase == .sending || session.phase == .waiting))
    }
    return reports
  }
}
