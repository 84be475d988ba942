import TCP

/// The most memory that a host takes, in bytes: what each place of its tables takes, times the places there are.
///
/// All of it is asked for when the host is made, and nothing after; what the kernel has to give of it grows with the most
/// places that were ever taken at once. Peers that would need more are refused, and counted.
package struct MemoryPlan: Equatable, Sendable {
  /// Connections: their blocks, names and deadlines.
  package let connections: Int
  /// Handshakes in progress, and connections that are being opened by us.
  package let handshakes: Int
  /// Closed connections that are remembered.
  package let timeWaits: Int
  /// The table in which all of these are found.
  package let flows: Int
  /// Text that waits to be read.
  package let buffers: Int
  /// What is known of text in flight.
  package let ranges: Int
  /// Frames of the host's own.
  package let frames: Int

  /// What a host with this configuration takes.
  package init(_ configuration: HostConfiguration) {
    let (most, backlog) = (configuration.mostConnections, configuration.backlog)
    connections =
      ConnectionTable.byteCount(capacity: most)
      + PeerCounts.byteCount(capacity: most, limit: configuration.mostConnectionsPerAddress)
      + TimerWheel.byteCount(capacity: most) + IndexList.byteCount(lists: 1, capacity: most)
      + Orphans.byteCount(capacity: most)
    handshakes =
      HalfOpenTable.byteCount(capacity: backlog) + TimerWheel.byteCount(capacity: backlog)
      + OpeningTable.byteCount(capacity: configuration.mostOpenings)
    timeWaits = TimeWaits.byteCount(capacity: configuration.mostTimeWaits)
    flows = FlowTable.byteCount(capacity: most + backlog + configuration.mostTimeWaits)
    buffers = ReceiveBuffers.byteCount(
      count: configuration.mostReceiveBuffers, size: Int(configuration.receiveCapacity))
    ranges = SentRanges.byteCount(capacity: configuration.mostSentRanges)
    frames = ControlFrames.byteCount + Host.headerCapacity
  }

  /// All of it.
  package var total: Int { connections + handshakes + timeWaits + flows + buffers + ranges + frames }
}

extension HostConfiguration {
  /// The least connections that a host is made for.
  private static let fewestConnections = 16

  /// Makes room for so many connections, and for as much of everything else as belongs to them.
  package mutating func resize(to connections: Int) {
    mostConnections = connections
    mostOrphans = max(connections / 2, min(connections, 1_024))
    backlog = min(backlog, max(connections / 4, 16))
    mostTimeWaits = min(mostTimeWaits, connections * 4)
    mostReceiveBuffers = min(mostReceiveBuffers, connections)
    reservedReceiveBuffers = mostReceiveBuffers / 4
    mostSentRanges = min(mostSentRanges, connections * 4)
  }

  /// Makes room for the most connections, `mostConnections` at most, with which all fits into so many bytes.
  /// - Parameter beside: bytes that so many connections take outside of the host.
  /// - Returns: false, with nothing changed, where not even a few connections fit.
  package mutating func fit(into bytes: Int, beside: (_ connections: Int) -> Int = { _ in 0 }) -> Bool {
    let whole = self
    func fits(_ connections: Int) -> Bool {
      var configuration = whole
      configuration.resize(to: connections)
      return MemoryPlan(configuration).total + beside(connections) <= bytes
    }
    guard fits(HostConfiguration.fewestConnections) else { return false }
    var (least, beyond) = (HostConfiguration.fewestConnections, max(mostConnections, 16) + 1)
    while least + 1 < beyond {
      let middle = (least + beyond) / 2
      if fits(middle) { least = middle } else { beyond = middle }
    }
    resize(to: least)
    return true
  }
}
