import Stack
import Time

/// What the load generator knows of one of its connections besides its TCP.
struct Line {
  /// How far it has come.
  enum Phase: Equatable {
    /// There is none.
    case closed
    /// The peer has not answered yet.
    case opening
    /// Requests can be sent on it.
    case open
    /// The last answer has come, or will not come: only the end is awaited.
    case closing
  }

  /// A request that is on its way.
  struct Request: Equatable {
    /// Which.
    var number: UInt32 = 0
    /// When it was due.
    var due = Instant.epoch
  }

  /// Which connection it is.
  var id: ConnectionID?
  /// How far it has come.
  var phase = Phase.closed
  /// Whether it stands in the queue of those that can carry another request.
  var isQueued = false
  /// Whether the server has said that the answer being read is its last.
  var isLast = false
  /// Bytes of the body of the oldest request that are still to come; nil while its head is awaited.
  var bodyLeft: UInt64?
  /// Bytes of that body.
  var bodyCount: UInt64 = 0
  /// Requests on their way.
  private(set) var count = 0
  private var first = 0
  private var requests = [4 of Request](repeating: Request())

  /// The request whose answer comes next; there is one.
  var oldest: Request { requests[first] }

  /// The request that was added last; there is one.
  var newest: Request { requests[(first + count - 1) % ConnectionReuse.deepest] }

  /// Adds a request.
  mutating func append(_ request: Request) {
    requests[(first + count) % ConnectionReuse.deepest] = request
    count += 1
  }

  /// The oldest request is answered.
  mutating func removeOldest() {
    first = (first + 1) % ConnectionReuse.deepest
    count -= 1
  }
}
