import HTTP
import Stack
package import Time

/// Clients that take too long, and a server that is told to stop.
extension Engine {
  /// The moment a session asked for has come.
  mutating func deadlineReached(_ id: ConnectionID, at now: Instant) {
    switch sessions[id].phase {
    case .reading where sessions[id].hasPartialRequest:
      counters.headerTimeouts += 1
      refuse(.requestTimeout, on: id, at: now)
    case .reading where configuration.leastRate == 0 || host.queuedCount(of: id) == 0:
      counters.idleTimeouts += 1
      finish(id, at: now)
    case .reading, .sending, .closing: weighPace(of: id, at: now)
    case .waiting:
      relieve(at: now)
      guard host.isValid(id) else { return }
      host.setDeadline(now + Engine.reliefInterval, on: id)
    case .closed: break
    }
  }

  /// Stops: idle connections are closed, the others when their present answer is complete; no new ones are answered.
  package mutating func drain(at now: Instant) {
    isDraining = true
    for number in 0..<host.configuration.mostConnections {
      guard let id = sessions.connection(number), sessions[id].phase == .reading else { continue }
      finish(id, at: now)
    }
  }

  /// Whether a server that was told to stop has nothing left to answer.
  package var isDrained: Bool { isDraining && sessions.count == 0 }
}
