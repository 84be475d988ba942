package import HTTP
package import Time

/// How a server treats its clients. Fixed when the engine is made.
package struct EngineConfiguration: Sendable {
  /// How long the head of a request may take from its first byte, or from the handshake, to its last, in total: a client
  /// that sends a byte a second gains nothing.
  package var headerTimeout = Interval.seconds(10)
  /// How much of a request is read before it is refused.
  package var requestLimits = RequestLimits()
  /// Requests that a connection may carry; the last answer closes it.
  package var mostRequests = UInt32.max
  /// How long a connection may wait for its next request.
  package var idleTimeout = Interval.seconds(65)
  /// Bytes a second that a client must take of an answer, as long as there are any for it; 0 for any pace.
  package var leastRate: UInt64 = 256
  /// For how long a client may be slower than that before it is reset. Where its memory is needed for others, it is reset
  /// once it was slower for a few seconds.
  package var slownessTimeout = Interval.seconds(60)
  /// How many response heads may wait for their acknowledgment at once.
  package var mostHeads = 8_192
  /// How many pieces of bodies may wait for their acknowledgment in a send buffer at once; with none, as is usual, text
  /// is not copied, but sent again out of the cache.
  package var mostCopies = 0
  /// Whether somebody else's TCP carries the answers. Then a request for several ranges is answered with the whole, and
  /// the engine leaves it to `SocketEngine` to go on with what has waited for a block.
  package var servesSockets = false
  /// Whether segments are summed from the sums that are stored with the data, or from the bytes.
  package var usesStoredSums = true
  /// Whether a miss on a page reads what is asked for with it.
  package var prefetchesGroups = true
  /// Whether the blocks behind the one that is being sent are read ahead, as far as the connection's window reaches.
  package var readsAhead = true
  /// Bytes of access log that may wait to be written; lines beyond are dropped and counted. 0 turns the log off.
  package var accessLogCapacity = 0
  /// How a line of the log is written.
  package var logFormat = LogFormat.combined

  /// The defaults.
  package init() {}
}
