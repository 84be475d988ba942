package import TCP
package import Time
import Wire

/// A host on a link: Ethernet, ARP, IP of both versions, ICMP and TCP, without a device and without a clock.
///
/// Call `receive` for each frame that arrives and `nextExpired` when its deadline comes; do with the connections what the
/// answers call for; then ask `nextFrame` for frames to send until it says nil. One thread owns a host.
package struct Host: ~Copyable {
  /// What the host was made with.
  package let configuration: HostConfiguration
  /// What it has seen and done.
  package internal(set) var counters = StackCounters()
  /// Text that connections could not consume at once.
  package internal(set) var buffers: ReceiveBuffers

  var connections: ConnectionTable
  var halfOpens: HalfOpenTable
  var timeWaits: TimeWaits
  var flows: FlowTable
  var timers: TimerWheel
  var ready: IndexList
  var orphans: Orphans
  /// What connections have in flight.
  var ranges: SentRanges
  var control = ControlFrames()
  /// Enough for Ethernet, IPv6 and the longest TCP header.
  static let headerCapacity = 128
  /// The frame being sent, and its headers.
  package internal(set) var outgoing = FramePlan(kind: .control, headerCount: 0)
  var header = ByteArena(byteCount: Host.headerCapacity)
  var headerCount = 0
  var isControlSent = false
  /// When peers are to answer; told what has arrived by the loop, which waits for it.
  package var dueAnswers = DueAnswers()
  let sequences: InitialSequence
  var openings: OpeningTable
  var neighbors = Neighbors()
  var ports: EphemeralPorts
  let cookies: SYNCookies
  /// Until then a segment may acknowledge a cookie; before the first was sent, and long after the last, none does.
  var cookiesUntil = Instant.epoch
  var resetLimit: RateLimit
  var challengeLimit: RateLimit
  /// For what comes to handshakes and to connections in TIME-WAIT, so that one of these cannot use up the challenges.
  var leftoverLimit: RateLimit
  private let anchor = Anchor()

  /// A host without connections.
  /// - Parameter now: the earliest moment it will be asked about.
  package init(_ configuration: HostConfiguration, at now: Instant) {
    let least = configuration.addresses.firsts.map(\.family.leastMTU).max() ?? 0
    precondition(configuration.mtu >= least, "every link carries \(least) bytes (RFC 791, RFC 8200 §5)")
    self.configuration = configuration
    let most = configuration.mostConnections
    connections = ConnectionTable(
      capacity: most,
      peers: PeerCounts(
        capacity: most, limit: configuration.mostConnectionsPerAddress, secret: configuration.secret),
      vacant: .vacant(configuration.offer(.ipv4), at: now))
    halfOpens = HalfOpenTable(capacity: configuration.backlog)
    timeWaits = TimeWaits(capacity: configuration.mostTimeWaits)
    flows = FlowTable(
      capacity: most + configuration.backlog + configuration.mostTimeWaits, secret: configuration.secret)
    timers = TimerWheel(capacity: most + configuration.backlog, start: now)
    ready = IndexList(lists: 1, capacity: most)
    orphans = Orphans(most: configuration.mostOrphans, capacity: most)
    buffers = ReceiveBuffers(count: configuration.mostReceiveBuffers, size: Int(configuration.receiveCapacity))
    openings = OpeningTable(capacity: configuration.mostOpenings)
    ports = EphemeralPorts(secret: configuration.secret)
    cookies = SYNCookies(secret: configuration.secret)
    resetLimit = RateLimit(perSecond: configuration.mostResets, secret: configuration.secret)
    challengeLimit = RateLimit(perSecond: configuration.mostChallenges, secret: configuration.secret)
    leftoverLimit = RateLimit(perSecond: configuration.mostChallenges, secret: configuration.secret)
    ranges = SentRanges(capacity: configuration.mostSentRanges)
    sequences = InitialSequence(hash: configuration.secret)
  }

  /// Connections there are.
  package var connectionCount: Int { connections.count }
  /// Handshakes there are.
  package var halfOpenCount: Int { halfOpens.count }
  /// Closed connections that are remembered.
  package var timeWaitCount: Int { timeWaits.count }

  /// Connections that are there only for their peers.
  package var orphanCount: Int { orphans.count }

  /// Stretches in flight that could still be told apart.
  package var availableRanges: Int { ranges.available }

  /// Calls `body` with each stretch that a connection has in flight, in order.
  package func forEachRange(of block: Connection, _ body: (SentRange) -> Void) {
    block.flight.forEachRange(ranges, body)
  }

  /// Notes that a connection may have something to send.
  mutating func markReady(_ index: Int) {
    if ready.list(of: index) == nil { ready.append(index, to: 0) }
  }

  /// Looks at a connection again at its next deadline: it has nothing to send before.
  mutating func sleep(_ index: Int) {
    timers.wake(index, by: connections.blocks[index].nextDeadline)
  }
}
