package import Stack
import TCP
package import Time
import Wire

/// A load on a web server without a device or a clock: a host that opens connections, the requests on them and what has
/// become of them.
///
/// Whoever runs it gives it frames, wakes it at its deadline, has it begin what is due, and takes frames and answers from
/// it, until `isOver`.
package struct LoadEngine: ~Copyable {
  /// What is to be asked.
  package let plan: LoadPlan
  /// The network.
  package internal(set) var host: Host
  /// What has become of the requests.
  package internal(set) var counters = LoadCounters()
  /// When the first request was due; nil before `begin`.
  package internal(set) var start: Instant?
  /// When the last answer was complete.
  package internal(set) var lastAnswer = Instant.epoch

  let requests: RequestList
  var order: RequestOrder
  var lines: [Line]
  var available: LineQueue
  /// Connections that carry requests or can: neither closed nor closing.
  var lineCount = 0
  /// Connections of which anything is left.
  var openCount = 0
  /// Requests on their way.
  var pendingCount = 0
  /// How long each answer took that nobody has asked for yet.
  var latencies: [Interval] = []
  /// Text that is being read while it lies in no frame.
  var scratch: ByteArena?
  /// The head that was read last.
  var knownHead = KnownHead()
  /// Whether a request is due for which there is no connection.
  var isStarved = false
  /// Until when no connection is opened, since one could not be; `never` where nothing is in the way.
  var pauseEnd = Instant.never
  /// Whether no further requests are begun.
  var isStopped = false

  /// A load that has not begun.
  /// - Parameter host: one that opens connections, for twice as many as the plan has at least.
  package init(_ plan: LoadPlan, host: consuming Host, requests: consuming RequestList, order: RequestOrder) {
    precondition(1...ConnectionReuse.deepest ~= plan.reuse.depth, "too many requests on a connection")
    self.plan = plan
    let most = host.configuration.mostConnections
    self.scratch = ByteArena(byteCount: Int(host.configuration.receiveCapacity))
    self.host = host
    self.requests = requests
    self.order = order
    self.lines = Array(repeating: Line(), count: most)
    self.available = LineQueue(capacity: most)
    latencies.reserveCapacity(4_096)
  }

  /// Whether all is done: nothing is begun any more, and nothing is on its way.
  package var isOver: Bool { isStopped && pendingCount == 0 }

  /// Connections of which anything is left.
  package var connectionCount: Int { openCount }

  /// The time an answer took that has not been asked for; nil when there is none. From the moment when the request was
  /// due to the last byte of its answer.
  package mutating func nextLatency() -> Interval? { latencies.popLast() }

  /// The earliest moment at which there is something to do.
  package var nextDeadline: Instant { min(host.nextDeadline, nextDue) }
}
