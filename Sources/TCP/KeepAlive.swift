package import Time
import Wire

/// When a peer of which nothing is heard is asked whether it is still there (RFC 9293 §3.8.4).
package struct KeepAlive: Equatable, Sendable {
  private let idleSeconds: UInt16
  private let pauseSeconds: UInt8
  /// How many questions may stay without an answer.
  package let mostProbes: UInt8

  /// Linux's numbers: 75 seconds between nine probes (`tcp_keepalive_intvl`, `tcp_keepalive_probes`).
  /// - Parameters:
  ///   - idleSeconds: how long nothing must have been heard before the first probe, at least a second. The RFC asks that
  ///     two hours be the default where it is on.
  ///   - pauseSeconds: how long each probe waits for an answer, at least a second.
  package init(idleSeconds: UInt16 = 7_200, pauseSeconds: UInt8 = 75, mostProbes: UInt8 = 9) {
    self.idleSeconds = max(idleSeconds, 1)
    self.pauseSeconds = max(pauseSeconds, 1)
    self.mostProbes = max(mostProbes, 1)
  }

  /// How long nothing must have been heard before the first probe.
  package var idle: Interval { .seconds(UInt64(idleSeconds)) }

  /// How long each probe waits for an answer.
  package var pause: Interval { .seconds(UInt64(pauseSeconds)) }
}

/// Probes of a connection on which nothing is in flight.
extension Connection {
  /// The peer was heard of: where nothing else is waited for, it is asked again when it has been silent for long.
  @inline(__always)
  mutating func noteHeard(at now: Instant) {
    guard let keepAlive, timer.isIdle else { return }
    unanswered = 0
    timer = .keepAlive(at: now + keepAlive.idle)
  }

  /// The peer has been silent for too long.
  /// - Returns: whether it is to be given up.
  mutating func keepAliveIsDue(at now: Instant) -> Bool {
    guard let keepAlive, unanswered < keepAlive.mostProbes else { return true }
    unanswered += 1
    isProbeDue = true
    timer = .keepAlive(at: now + keepAlive.pause)
    return false
  }

  /// A segment without text whose number the peer has acknowledged already: it has to answer.
  mutating func keepAliveProbe(at now: Instant) -> OutgoingSegment {
    var probe = makeSegment(from: snd.una - 1, count: 0, carriesFin: false, at: now)
    probe.isRetransmission = false
    return probe
  }
}
