/// What the server has answered since it was started.
package struct EngineCounters: Equatable, Sendable {
  /// Requests whose answer was begun.
  package var requests: UInt64 = 0
  /// Answers by class of status: 2xx, 3xx, 4xx, 5xx.
  package var successes: UInt64 = 0
  /// 3xx, 304 included.
  package var redirections: UInt64 = 0
  /// 4xx.
  package var clientErrors: UInt64 = 0
  /// 5xx.
  package var serverErrors: UInt64 = 0
  /// Bytes of bodies appended to be sent.
  package var bodyBytes: UInt64 = 0
  /// Segments summed from stored sums alone, or with no sum at all because the device makes it.
  package var sumsStored: UInt64 = 0
  /// Segments whose text was read to be summed.
  package var sumsComputed: UInt64 = 0
  /// Connections closed because a request took too long.
  package var headerTimeouts: UInt64 = 0
  /// Connections closed because others needed the memory that the beginning of a request was kept in.
  package var headsEvicted: UInt64 = 0
  /// Connections reset because their client took too little of its answer for too long.
  package var slowReaders: UInt64 = 0
  /// Connections closed because no request came.
  package var idleTimeouts: UInt64 = 0
  /// Connections reset because nothing happened on them and there was hardly a place for others.
  package var idleEvicted: UInt64 = 0
  /// Connections reset because memory for their text or heads ran out.
  package var overloads: UInt64 = 0
  /// Answers cut short because a block could not be read or was corrupt.
  package var truncatedBodies: UInt64 = 0

  /// All zero.
  package init() {}

  /// Counts an answer by its status.
  mutating func count(status: UInt16) {
    requests += 1
    switch status / 100 {
    case 2: successes += 1
    case 3: redirections += 1
    case 4: clientErrors += 1
    default: serverErrors += 1
    }
  }
}
