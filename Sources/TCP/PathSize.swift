package import Time
package import Wire

/// How large segments may be for their path, once it has turned out to be narrower than the links at its ends.
package struct PathSize: Sendable {
  /// What both ends have agreed on.
  let agreed: UInt16
  /// When the agreed size is tried again, in seconds of the host's clock; 0 while nothing was narrowed.
  private(set) var raiseAt: UInt32 = 0
  /// How often the timer has expired since anything was acknowledged: answers that acknowledge nothing tell of a path that
  /// only large segments do not pass.
  private(set) var expirations: UInt8 = 0

  /// Nothing was narrowed.
  init(agreed: UInt16) {
    self.agreed = agreed
  }

  /// How long a path that has grown wider may go unnoticed (RFC 1191 §6.3).
  package static let patience = Interval.seconds(600)

  /// Text of segments that arrive nowhere: a path on which the messages are lost too (RFC 4821 §7.7; Linux:
  /// `tcp_base_mss`).
  static let blackHole: (first: UInt16, second: UInt16) = (1_024, 512)

  /// Text that fits a packet on a path of an MTU. A router older than RFC 1191 says 0, and is believed half of what was
  /// sent. Less than what every host or link takes is no size, but an attack (RFC 5927 §7.2, RFC 8201 §4).
  package static func segment(mtu: UInt32, on family: IPFamily, now size: UInt16) -> UInt16 {
    let fitting = family.segmentSize(mtu: Int(mtu))
    return UInt16(clamping: max(fitting > 0 ? fitting : Int(size) / 2, family.segmentSize(mtu: family.leastMTU)))
  }

  /// Notes that the size was narrowed.
  mutating func narrowed(at now: Instant) {
    raiseAt = UInt32(truncatingIfNeeded: (now + PathSize.patience).nanoseconds / 1_000_000_000)
  }

  /// Notes that the timer has expired.
  mutating func expired() {
    expirations = min(expirations + 1, 250)
  }

  /// Notes that text has arrived.
  mutating func passed() {
    expirations = 0
  }

  /// Whether the agreed size is to be tried again; asked once, it is forgotten that it was narrowed.
  mutating func isToBeRaised(at now: Instant) -> Bool {
    guard raiseAt != 0, UInt32(truncatingIfNeeded: now.nanoseconds / 1_000_000_000) >= raiseAt else { return false }
    raiseAt = 0
    return true
  }
}
