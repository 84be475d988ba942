package import Time
package import Wire

/// Initial sequence numbers that nobody outside can guess (RFC 6528 §3): a clock of four microseconds plus a keyed hash of
/// the two ends, so that numbers still rise from one connection to the next between the same ends.
package struct InitialSequence: Sendable {
  private let hash: SipHash

  /// A generator under a secret key.
  package init(hash: SipHash) {
    self.hash = hash
  }

  /// The initial number for a connection.
  /// - Parameters:
  ///   - addresses: both addresses, in any fixed way folded to 64 bits.
  ///   - ports: both ports.
  package func number(addresses: UInt64, ports: UInt32, at now: Instant) -> SequenceNumber {
    let clock = UInt32(truncatingIfNeeded: now.nanoseconds / 4_000)
    let secret = UInt32(truncatingIfNeeded: hash.hash(addresses, UInt64(ports)))
    return SequenceNumber(clock &+ secret)
  }
}
