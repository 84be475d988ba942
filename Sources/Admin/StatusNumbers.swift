import Cache
import HTTP
import Server
import Stack
import Time

/// What the status page shows: numbers of which it makes rates itself.
struct StatusNumbers: Encodable {
  /// Requests answered.
  let requests: UInt64
  /// Answers by status; those that never were are left out.
  let statuses: [String: UInt64]
  /// Bytes of bodies.
  let bytes: UInt64
  /// Connections there are.
  let connections: Int
  /// Handshakes there are.
  let handshakes: Int
  /// Segments received.
  let segmentsIn: UInt64
  /// Segments sent.
  let segmentsOut: UInt64
  /// Segments sent again.
  let retransmissions: UInt64
  /// Frames dropped.
  let drops: UInt64
  /// Blocks found in memory.
  let hits: UInt64
  /// Blocks that were not.
  let misses: UInt64
  /// Reads of the disk.
  let reads: UInt64
  /// Blocks in memory.
  let residentBlocks: Int
  /// Blocks there is room for.
  let blocks: Int
  /// Sums that were stored.
  let sumsStored: UInt64
  /// Sums that were computed.
  let sumsComputed: UInt64
  /// Bounds of the classes of the histogram, in seconds, and answers in each.
  let latency: [[Double]]
  /// Workers.
  let workers: Int
  /// Whether the server was told to stop.
  let draining: Bool

  /// The numbers of a report.
  init(_ report: ServerReport) {
    requests = report.sum { $0.engine.answers.requests }
    var statuses: [String: UInt64] = [:]
    for status in Status.allCases {
      let count = report.sum { $0.engine.statuses[status] }
      if count > 0 { statuses["\(status.rawValue)"] = count }
    }
    self.statuses = statuses
    bytes = report.sum { $0.engine.answers.bodyBytes }
    connections = report.workers.reduce(0) { $0 + $1.engine.connections }
    handshakes = report.workers.reduce(0) { $0 + $1.engine.handshakes }
    segmentsIn = report.sum { $0.engine.stack.segmentsIn }
    segmentsOut = report.sum { $0.engine.stack.segmentsOut }
    retransmissions = report.sum { $0.engine.stack.retransmissions }
    drops = report.sum { $0.engine.stack.drops.total }
    hits = report.sum { $0.engine.cache.hits }
    misses = report.sum { $0.engine.cache.misses }
    reads = report.sum(\.reads)
    residentBlocks = report.workers.reduce(0) { $0 + $1.engine.cache.resident }
    blocks = report.workers.reduce(0) { $0 + $1.engine.cacheFrames }
    sumsStored = report.sum { $0.engine.answers.sumsStored }
    sumsComputed = report.sum { $0.engine.answers.sumsComputed }
    let latency = report.latency
    self.latency = (0..<LatencyHistogram.classCount).map {
      [Double(LatencyHistogram.bound(of: $0).microseconds) / 1e6, Double(latency.count($0))]
    }
    workers = report.workers.count
    draining = report.isDraining
  }
}
