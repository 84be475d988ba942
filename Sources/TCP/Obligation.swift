package import Time

/// What is owed to the peer for text that has arrived. An arrival only leaves an obligation; whatever segment leaves next
/// carries the acknowledgment, so that it rides on the first text of the answer where there is one.
package enum Obligation: Equatable, Sendable {
  /// Nothing.
  case none
  /// An acknowledgment, by this time at the latest (RFC 9293 §3.8.6.3).
  case delayed(until: Instant)
  /// An acknowledgment with the next turn to send.
  case due

  /// How much time lies at least between two challenges (Linux: `tcp_invalid_ratelimit`).
  package static let challengePause = Interval.milliseconds(500)

  /// How long an acknowledgment may wait for text to ride on. The RFC allows 500 ms; peers with a short timer do not.
  package static let longestDelay = Interval.milliseconds(40)
}
