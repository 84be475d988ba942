import Cache
import HTTP
import Stack
import Time

/// Clients that take what they are sent too slowly, or hold what others need.
extension Engine {
  /// How often clients are looked through while others wait.
  static let reliefInterval = Interval.seconds(1)
  /// For how long a client must have been too slow before it is reset for the sake of others.
  static let shortestSlowness = Interval.seconds(5)
  /// For how long nothing must have happened on a connection before it gives way to another.
  private static let shortestQuiet = Interval.seconds(1)
  /// How many connections are looked at for one to be evicted.
  private static let mostLooks = 64

  /// How long a client's pace is measured at a time.
  var paceSpan: Interval { min(Engine.shortestSlowness, configuration.slownessTimeout) }

  /// Text is about to be appended: where there was none, the client's pace is measured from now on.
  @inline(__always)
  mutating func beginPace(of id: ConnectionID, at now: Instant) {
    if host.queuedCount(of: id) == 0 { sessions[id].pace.begin(at: now) }
  }

  /// The end of a span: a client that has been too slow for too long is reset. One that has taken everything is not slow.
  mutating func weighPace(of id: ConnectionID, at now: Instant) {
    if cache.waitsForFrame(id.index) { relieve(at: now) }
    guard host.isValid(id), configuration.leastRate > 0 else { return }
    let span = paceSpan
    if host.queuedCount(of: id) == 0 {
      sessions[id].pace.begin(at: now)
    } else {
      let spans = sessions[id].pace.nextSpan(of: span, leastRate: configuration.leastRate, at: now)
      guard span * UInt64(spans) < configuration.slownessTimeout else { return resetSlow(id, at: now) }
    }
    if sessions[id].phase != .closing || host.queuedCount(of: id) > 0 { host.setDeadline(now + span, on: id) }
  }

  /// Whether a client is slow enough to be reset when others need what it holds.
  private func isSlow(_ id: ConnectionID, at now: Instant) -> Bool {
    guard configuration.leastRate > 0, host.queuedCount(of: id) > 0 else { return false }
    let pace = sessions[id].pace
    if pace.slowSpans > 0 { return true }
    return now.since(pace.start) >= paceSpan && pace.isBelow(configuration.leastRate, at: now)
  }

  private mutating func resetSlow(_ id: ConnectionID, at now: Instant) {
    counters.slowReaders += 1
    abort(id, at: now)
  }

  /// Somebody waits for memory that others may hold for nothing: those that hardly take what they are sent are reset.
  mutating func relieve(at now: Instant) {
    guard heads.available == 0 || cache.isExhausted, now.since(lastRelief) >= Engine.reliefInterval else { return }
    lastRelief = now
    for number in 0..<host.configuration.mostConnections {
      guard let id = sessions.connection(number), isSlow(id, at: now) else { continue }
      resetSlow(id, at: now)
    }
  }

  /// A connection has opened, or could not: when one of the last places is taken, another connection on which nothing has
  /// happened for a while gives up its own.
  mutating func makePlace(beside id: ConnectionID?, at now: Instant) {
    let most = host.configuration.mostConnections
    guard host.connectionCount >= most - most / 64 else { return }
    for _ in 0..<Engine.mostLooks {
      sweep = (sweep + 1) % most
      guard let other = sessions.connection(sweep), other != id, isQuiet(other, at: now) else { continue }
      counters.idleEvicted += 1
      return abort(other, at: now)
    }
  }

  /// Whether a client has had everything that it has asked for, and has asked for nothing more for a second or longer.
  private func isQuiet(_ id: ConnectionID, at now: Instant) -> Bool {
    let session = sessions[id]
    guard session.phase == .reading, host.queuedCount(of: id) == 0 else { return false }
    let isFirst = session.hasPartialRequest || session.requestCount == 0
    let allowed = isFirst ? configuration.headerTimeout : configuration.idleTimeout
    return allowed - host.deadline(of: id).since(now) >= Engine.shortestQuiet
  }

  /// Frees a receive buffer when none is left: that of the client whose request has been incomplete for the longest time,
  /// or of one that is too slow to be waited for.
  mutating func makeRoom(at now: Instant) {
    for _ in 0..<Engine.mostLooks {
      guard let id = host.oldestKept else { return }
      switch sessions[id].phase {
      // A queue that is full has no place for an answer either, and what waits behind it may be whole requests.
      case .reading where host.queueRoom(of: id) >= 2:
        counters.headsEvicted += 1
        return refuse(.requestTimeout, on: id, at: now)
      case .closing: return host.discardText(of: id)
      case .reading where isSlow(id, at: now), .sending where isSlow(id, at: now): return resetSlow(id, at: now)
      case .closed, .waiting, .reading, .sending: host.renewKept(id)
      }
    }
  }
}
