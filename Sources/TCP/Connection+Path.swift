package import Time
package import Wire

/// The size of segments follows the path (RFC 1191, RFC 5927 §7, RFC 4821).
extension Connection {
  /// Whether a number belongs to text that is in flight: nobody else can easily know it.
  package func isInFlight(_ sequence: SequenceNumber) -> Bool {
    sequence >= snd.una && sequence < snd.max
  }

  /// Segments were too large for the path: smaller ones leave from here on, and what is in flight leaves again as such.
  /// That is no congestion, and the window stays.
  /// - Returns: whether that is news.
  package mutating func narrowPath(to size: UInt16, _ ranges: inout SentRanges, at now: Instant) -> Bool {
    // The size is that of text without options.
    let size = timestamps == nil ? size : size - TimestampState.byteCount
    guard size < snd.mss else { return false }
    setPath(size, at: now)
    flight.markLost(olderThan: .zero, at: now, &ranges)
    timer = .off
    setTimer(at: now)
    return true
  }

  /// Sets the size of segments, to be raised again after a while.
  private mutating func setPath(_ size: UInt16, at now: Instant) {
    snd.mss = size
    path.narrowed(at: now)
  }

  /// Text was sent again and again and does not arrive: perhaps because of its size.
  mutating func suspectBlackHole(at now: Instant) {
    let size = PathSize.blackHole
    path.expired()
    if path.expirations == 3, snd.mss > size.first { setPath(size.first, at: now) }
    if path.expirations == 5, snd.mss > size.second { setPath(size.second, at: now) }
  }

  /// Tries the agreed size again once the time has come (RFC 1191 §6.3).
  mutating func raisePath(at now: Instant) {
    guard path.isToBeRaised(at: now) else { return }
    snd.mss = path.agreed
    if congestion.window < UInt32(snd.mss) { congestion.set(UInt32(snd.mss)) }
  }
}
