package import Stack
package import TCP
package import Time
import Wire

/// A host with a virtual clock and an application that writes and reads pattern text. Everything the host sends is checked.
///
/// The bench plays the loop of the product: deliver frames, let time pass, and have the host send until it has nothing more.
package final class HostBench {
  /// The host.
  package var host: Host
  /// The virtual time.
  package internal(set) var now: Instant
  /// Segments sent and not looked at yet.
  package var output: [SentSegment] = []
  /// Frames sent that carry no TCP, and not looked at yet.
  package var otherOutput: [[UInt8]] = []
  /// What is known of each flow, by the peer's port.
  package internal(set) var flows: [UInt16: BenchFlow] = [:]
  /// Who the peer is.
  package let peer: Station
  /// Bytes of text in one source.
  package let stride: UInt32

  var nextBase: UInt32 = 0

  /// A host without connections.
  /// - Parameters:
  ///   - configuration: what the host is made with.
  ///   - start: the first moment.
  ///   - stride: bytes of text in one source.
  package init(
    _ configuration: BenchConfiguration = BenchConfiguration(), start: Instant = .epoch, stride: UInt32 = 64_240,
    peer: Station = .peer
  ) {
    self.host = Host(configuration.host, at: start)
    self.now = start
    self.stride = stride
    self.peer = peer
  }

  /// The first moment at which `configuration` has the host answer a SYN from `port` with `number`.
  package static func start(
    for number: UInt32, _ configuration: BenchConfiguration = BenchConfiguration(),
    port: UInt16 = Station.peerPort, peer: Station = .peer
  ) -> Instant {
    let configuration = configuration.host
    let key = FlowKey(peer: peer.address, peerPort: port, localPort: Station.port)
    let (own, other, secret) = (peer.counterpart.address.mapped, peer.address.mapped, configuration.secret)
    let addresses =
      peer.address.family == .ipv4
      ? own.low << 32 | other.low & 0xFFFF_FFFF
      : secret.hash(secret.hash(other.high, other.low), secret.hash(own.high, own.low))
    let atEpoch = InitialSequence(hash: secret).number(addresses: addresses, ports: key.ports, at: .epoch)
    return Instant(nanoseconds: UInt64(number &- atEpoch.value) * 4_000)
  }

  /// The flow of a port.
  /// - Throws: `TestFailure` where nothing was sent there yet.
  package func flow(_ port: UInt16) throws(TestFailure) -> BenchFlow {
    guard let flow = flows[port] else { throw TestFailure("port \(port) has no flow") }
    return flow
  }

  /// The connection of a port.
  /// - Throws: `TestFailure` where there is none.
  package func id(_ port: UInt16 = Station.peerPort) throws(TestFailure) -> ConnectionID {
    guard let id = flows[port]?.id else { throw TestFailure("port \(port) has no connection") }
    return id
  }

  /// The block of a port's connection.
  package func connection(_ port: UInt16 = Station.peerPort) throws(TestFailure) -> Connection {
    host.connection(try id(port))
  }

  /// Lets time pass up to `end`: fires what is due and has the host send after each.
  package func advance(to end: Instant) throws(TestFailure) {
    while host.nextDeadline <= end {
      try advanceToDeadline()
    }
    now = max(now, end)
  }

  /// Lets time pass up to the host's next deadline, and handles it.
  package func advanceToDeadline() throws(TestFailure) {
    let deadline = host.nextDeadline
    try require(deadline != .never, "nothing is due, ever")
    now = max(now, deadline)
    while let event = host.nextExpired(at: now) {
      switch event {
      case .ended(let id, let ending): try end(id, ending)
      case .deadline(let id): flows[host.peer(of: id).port]?.events.append((now, .deadline))
      }
    }
    try transmit()
    try require(host.nextDeadline > now, "a deadline of \(host.nextDeadline) stays at \(now)")
  }

  /// Sets the clock forward; nothing may be due in between.
  func skip(to moment: Instant) {
    precondition(moment >= now && host.nextDeadline >= moment, "something is due before")
    now = moment
  }

  /// Has everything come to its end, by force where need be, and checks that the host has forgotten it all.
  package func close() throws(TestFailure) {
    for (_, flow) in flows {
      guard let id = flow.id else { continue }
      host.abort(id, at: now)
      try end(id, .closed)
    }
    try transmit()
    try advance(to: now + .seconds(200))
    output.removeAll()
    try require(host.connectionCount == 0, "\(host.connectionCount) connections are left")
    try require(host.halfOpenCount == 0, "\(host.halfOpenCount) handshakes are left")
    try require(host.timeWaitCount == 0, "\(host.timeWaitCount) in TIME-WAIT are left")
    let buffers = max(host.configuration.mostReceiveBuffers, 1)
    try require(host.buffers.available == buffers, "\(buffers - host.buffers.available) buffers are left")
    let ranges = host.configuration.mostSentRanges
    try require(host.availableRanges == ranges, "\(ranges - host.availableRanges) ranges in flight are left")
    try require(host.nextDeadline == .never, "a timer is left")
  }
}
