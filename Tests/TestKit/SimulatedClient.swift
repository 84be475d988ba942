package import Time

/// How a client behaves.
package struct SimulatedBehaviour: Sendable {
  /// Who closes first.
  package enum Closing: Sendable {
    /// The server, behind its last answer.
    case server
    /// The client, once it has everything.
    case client
    /// The client, behind its last request.
    case clientAtOnce
  }

  /// Bytes of each request.
  package var requestSize = 100
  /// Bytes of each answer.
  package var answerSizes = [1_000]
  /// What the client announces as its MSS.
  package var mss = 1_460
  /// The window scale it offers.
  package var scale: UInt8?
  /// Whether it tells what it holds ahead of a gap, and what came twice.
  package var isSelective = false
  /// Whether it tells its clock, and echoes the server's.
  package var hasTimestamps = false
  /// Whether it asks to speak of congestion.
  package var hasECN = false
  /// Bytes its receive buffer holds.
  package var capacity = 65_535
  /// How many segments with text it acknowledges at once.
  package var segmentsPerAcknowledgment = 2
  /// How long an acknowledgment may wait.
  package var longestDelay = Interval.milliseconds(40)
  /// Bytes it reads at a time; nil where it reads everything at once.
  package var readSize: Int?
  /// How long it pauses between reads.
  package var readPause = Interval.milliseconds(10)
  /// Who closes first.
  package var closing = Closing.server

  /// A client with one request of 100 bytes for 1,000.
  package init() {}
}

/// A client that knows no more of TCP than it must: a receiver that puts text in order, and a sender that goes back.
///
/// It shares no code with the stack under test. All numbers are relative to the initial ones: a SYN is number 0.
package struct SimulatedClient: Sendable {
  /// How it behaves.
  package let behaviour: SimulatedBehaviour
  /// Segments to be sent, in order.
  package var output: [PeerSegment] = []

  /// Its own initial number.
  let initial: UInt32
  /// The server's initial number, once known.
  var peerInitial: UInt32?

  /// What both ends have to tell of congestion.
  var notices = SimulatedNotices()
  /// How often the server has said that it has reduced its window.
  package var reductionCount: Int { notices.reductionCount }

  /// Its clock, in milliseconds, as of the last event.
  var clock: UInt32 = 0
  /// The server's clock, to be echoed; nil where the server tells none.
  var peerClock: UInt32?

  // Receiving.
  /// The next number expected.
  var next = 1
  /// Text ahead of `next`.
  var ahead: [Range<Int>] = []
  /// The first number of the stretch ahead of `next` that arrived last.
  var latest = 0
  /// What came twice, until the server is told.
  var twice: Range<Int>?
  /// The number of the server's FIN.
  var fin: Int?
  /// The first number that was not read.
  var unread = 1
  /// The number behind the last it has allowed to be sent.
  var edge = 1
  /// The largest `edge` there ever was.
  var largestEdge = 1
  /// Segments with text since the last acknowledgment.
  var unacknowledged = 0
  /// When an acknowledgment has to leave.
  var acknowledgmentDeadline = Instant.never
  /// When it reads again.
  var readDeadline = Instant.never

  // Sending.
  /// The oldest number not acknowledged.
  var oldest = 0
  /// The next number to be sent.
  var nextSent = 0
  /// The highest number ever sent.
  var highest = 0
  /// Bytes of requests that may be sent by now.
  var requested = 0
  /// The number behind the last that the server allows.
  var allowed = 1
  /// When it sends again what is not acknowledged.
  var timer = Instant.never
  /// How often in a row it has.
  var expirations: UInt64 = 0

  /// A client that begins with the number `initial`.
  package init(_ behaviour: SimulatedBehaviour, initial: UInt32) {
    self.behaviour = behaviour
    self.initial = initial
  }

  /// Bytes of all requests.
  var requestTotal: Int { behaviour.requestSize * behaviour.answerSizes.count }

  /// Bytes of all answers.
  var answerTotal: Int { behaviour.answerSizes.reduce(0, +) }

  /// Bytes of text that are here in order.
  package var receivedCount: Int { next - 1 - (hasFin ? 1 : 0) }

  /// Whether the server's FIN was reached.
  var hasFin: Bool { fin.map { next > $0 } ?? false }

  /// Whether it has closed: its FIN is the number behind its requests.
  var wantsFin: Bool {
    guard requested == requestTotal else { return false }
    return switch behaviour.closing {
    case .server: hasFin
    case .client: receivedCount == answerTotal
    case .clientAtOnce: true
    }
  }

  /// Whether everything was sent, received and acknowledged, both FINs included.
  package var isDone: Bool { hasFin && receivedCount == answerTotal && oldest == requestTotal + 2 }

  /// When it wants to be woken.
  package var nextDeadline: Instant { min(timer, min(acknowledgmentDeadline, readDeadline)) }

  /// Begins.
  package mutating func open(at now: Instant) {
    clock = SimulatedClient.clock(at: now)
    resend(at: now)
  }

  /// Does what is due.
  package mutating func fire(at now: Instant) {
    clock = SimulatedClient.clock(at: now)
    if readDeadline <= now {
      readDeadline = .never
      read(at: now)
    }
    if acknowledgmentDeadline <= now { acknowledge() }
    if timer <= now {
      expirations = min(expirations + 1, 3)
      nextSent = oldest
      resend(at: now)
    }
  }
}
