import Time
import Wire

/// The clocks of a connection whose ends have agreed on timestamps (RFC 7323 §3 to §5).
///
/// Our clock counts milliseconds, beginning at our initial sequence number: so no two connections show the same, and nobody
/// learns from it how long the host has been up (RFC 7323 §5.4, §7.1).
package struct TimestampState: Equatable, Sendable {
  /// TS.Recent: the peer's clock, to be echoed.
  package private(set) var recent: UInt32
  /// Last.ACK.sent: the number of our last acknowledgment.
  var lastAcknowledged: SequenceNumber
  /// When TS.Recent was taken, in seconds of the host's clock.
  private var takenAt: UInt32

  /// Bytes of the option in a header, with the padding before it.
  package static let byteCount: UInt16 = 12
  /// After so long without news of the peer its clock may have gone round: what is older proves nothing (RFC 7323 §5.5).
  static let validity: UInt32 = 24 * 86_400

  /// The clocks when the handshake is complete.
  init(recent: UInt32, lastAcknowledged: SequenceNumber, at now: Instant) {
    self.recent = recent
    self.lastAcknowledged = lastAcknowledged
    takenAt = TimestampState.seconds(now)
  }

  private static func seconds(_ now: Instant) -> UInt32 {
    UInt32(truncatingIfNeeded: now.nanoseconds / 1_000_000_000)
  }

  /// What our clock shows on a connection with this ISS.
  static func clock(_ iss: SequenceNumber, at now: Instant) -> UInt32 {
    iss.value &+ UInt32(truncatingIfNeeded: now.nanoseconds / 1_000_000)
  }

  /// Whether a segment is older than what has arrived already: one of an earlier connection, or of the numbers before they
  /// went round (PAWS, RFC 7323 §5.3, R1).
  func isOld(_ value: UInt32, at now: Instant) -> Bool {
    guard Int32(bitPattern: value &- recent) < 0 else { return false }
    return TimestampState.seconds(now) &- takenAt < TimestampState.validity
  }

  /// Takes the clock of an acceptable segment that reaches back to what was acknowledged last (RFC 7323 §4.3, R3): so it is
  /// the oldest one not acknowledged that is echoed, and delayed acknowledgments are part of the round trip.
  mutating func take(_ value: UInt32, of sequence: SequenceNumber, at now: Instant) {
    guard sequence <= lastAcknowledged, Int32(bitPattern: value &- recent) >= 0 else { return }
    recent = value
    takenAt = TimestampState.seconds(now)
  }

  /// The round trip that an echo of our clock has made; nil where it cannot be one (RFC 7323 §4.1).
  func roundTrip(of echo: UInt32, _ iss: SequenceNumber, at now: Instant) -> Interval? {
    let milliseconds = TimestampState.clock(iss, at: now) &- echo
    return milliseconds <= TimestampState.longestRoundTrip ? .milliseconds(UInt64(max(milliseconds, 1))) : nil
  }

  /// Milliseconds beyond which an echo is no measurement: longer than any time-out.
  private static let longestRoundTrip: UInt32 = 120_000
}

extension Segment {
  /// The clocks in the options; nil where they are not there.
  var timestamps: Timestamps? {
    switch header.options {
    case .none: nil
    case .handshake(let options): options.timestamps
    case .segment(let options): options.timestamps
    }
  }
}
