package import Stack
package import TCP
package import Time

/// What a test knows of one flow: where its numbers begin, what was written, read, acknowledged and released.
package struct BenchFlow: Sendable {
  /// Something that happened to the connection.
  package enum Event: Equatable, Sendable {
    /// The handshake is complete.
    case opened
    /// The peer's FIN was reached.
    case peerFinished
    /// The moment the application had asked for has come.
    case deadline
    /// The connection is over.
    case ended(Ending)
  }

  /// The connection, as long as there is one.
  package internal(set) var id: ConnectionID?
  /// The host's initial sequence numbers on this flow, one for each connection there was.
  package internal(set) var initialNumbers: [UInt32] = []
  /// What happened and was not looked at yet, in order.
  package var events: [(time: Instant, event: Event)] = []
  /// Whether the application reads text as soon as it is there.
  package var readsAtOnce = true
  /// Bytes the application has appended.
  package internal(set) var written = 0
  /// Bytes the peer has acknowledged.
  package internal(set) var acknowledged = 0
  /// Bytes of the peer's text that the application has read.
  package internal(set) var readCount = 0
  /// Whether the application has closed.
  package internal(set) var isFinished = false

  /// The peer's initial number, once the host has acknowledged it.
  var peerInitial: UInt32?
  /// The most text that a segment to the peer may carry.
  var mss = 536
  /// By how many bits the peer's windows are shifted.
  var scale = 0
  /// The highest number that the peer has ever allowed to be sent, and not beyond.
  var edge: UInt32?
  /// The peer's last acknowledgment.
  var lastAcknowledgment: UInt32?
  /// The first source of this connection's text.
  var base: UInt32
  /// How often each source has to be released before it may not be used any more.
  var uses: [UInt32: Int] = [:]

  init(base: UInt32) {
    self.base = base
  }

  /// Forgets the last connection, keeping its numbers.
  func renewed(base: UInt32) -> BenchFlow {
    var flow = BenchFlow(base: base)
    flow.initialNumbers = initialNumbers
    flow.events = events
    flow.readsAtOnce = readsAtOnce
    flow.mss = mss
    flow.scale = scale
    return flow
  }
}
