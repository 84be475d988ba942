import HTTP
import Pack
import Time

/// What the server knows of a connection besides its TCP: which part of which exchange it is in.
struct Session {
  /// What happens next on the connection.
  enum Phase: Equatable {
    /// Nobody is connected.
    case closed
    /// A request, or the rest of one, is awaited.
    case reading
    /// A request is known, but a block is missing to answer it; it is looked at again when the block is here.
    case waiting
    /// The body of a response is being appended as blocks arrive and the window opens.
    case sending
    /// The last response has been appended and our side closed: what still arrives is thrown away.
    case closing
  }

  /// What happens next.
  var phase = Phase.closed
  /// How much of the body is not yet appended.
  var body = BodyCursor()
  /// The plan of the parts behind the body, if it is one part of several.
  var parts: PartsNumber?
  /// What the index said of the path that is being looked for, so that its block need not stay.
  var lookup: Lookup?
  /// The blocks that are asked for together with what is being answered.
  var group: BlockRun?
  /// The first block of a body that was waited for before its head was composed.
  var awaitedBody: BlockNumber?
  /// The oldest and the newest of the notes that become lines of the access log.
  var notes: (first: NoteNumber, last: NoteNumber)?
  /// Bytes of our text that the peer has acknowledged.
  var acknowledged: UInt64 = 0
  /// When the request that waits for a block was first looked at.
  var waitingSince = Instant.never
  /// Since when there was always something to answer or to acknowledge.
  var busySince = Instant.never
  /// Whether what is being answered had to wait for a block.
  var hasMissed = false
  /// Whether another request may follow the response that is being sent.
  var keepsAlive = true
  /// Whether the peer will send nothing more.
  var isPeerFinished = false
  /// How far the request at the front of the unread text was looked at.
  var scanner = RequestScanner()
  /// Whether it stands in the line of those that found no place.
  var isStarved = false
  /// Whether part of a request has arrived.
  var hasPartialRequest = false
  /// Requests answered.
  var requestCount: UInt32 = 0
  /// How fast the client takes what it is sent.
  var pace = Pace()

  /// Whether what arrives may be another request.
  var readsOn: Bool { phase != .closing && (keepsAlive || phase != .sending) }
}

/// How far the search for a path has come.
struct Lookup {
  /// The hash of the path.
  var hash: PathHash
  /// How many records under this hash were looked at and are another path's.
  var rejected: Int
  /// What the index says of the next; nil when there is none.
  var entry: IndexEntry?
}

/// Where the rest of a body lies in the pack.
struct BodyCursor: Equatable {
  /// The block that its next byte is in.
  var block = BlockNumber(0)
  /// The next byte in that block's payload.
  var offset = 0
  /// Bytes that are left.
  var remaining: UInt64 = 0
  /// The block up to which the body was read ahead.
  var ahead = BlockNumber(0)

  /// No body.
  init() {}

  /// Part of a body.
  init(_ range: Range<UInt64>, of body: BodyLocation) {
    let start = body.place(of: range.lowerBound)
    (block, offset, remaining) = (start.block, start.offset, range.upperBound - range.lowerBound)
  }

  /// The block that the last of the bytes that are left is in.
  var lastBlock: BlockNumber {
    let behind = (UInt64(offset) + max(remaining, 1) - 1) / UInt64(BlockGeometry.payloadCount)
    return block + UInt32(truncatingIfNeeded: behind)
  }

  /// Bytes that are left in the block.
  var countInBlock: Int { Int(min(remaining, UInt64(BlockGeometry.payloadCount - offset))) }

  /// Moves past the bytes in the block.
  mutating func nextBlock() {
    remaining -= UInt64(countInBlock)
    block = block + 1
    offset = 0
  }
}
