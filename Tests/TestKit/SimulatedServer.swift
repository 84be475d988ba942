import Stack
import Time

/// The application of a simulated transfer: answers each request once it is complete, in parts and with pauses.
struct SimulatedServer {
  private let behaviour: SimulatedBehaviour
  private var random: SeededRandom
  /// Requests that were answered, or are about to be.
  private var answered = 0
  /// Parts of answers that wait for their time or for room.
  private var parts: [(time: Instant, count: Int, more: Bool)] = []
  private var isFinished = false

  init(_ behaviour: SimulatedBehaviour, random: SeededRandom) {
    self.behaviour = behaviour
    self.random = random
  }

  /// When the next part of an answer is there.
  var nextDeadline: Instant { parts.first?.time ?? .never }

  /// Does what can be done now.
  mutating func act(on bench: HostBench) throws(TestFailure) {
    guard let flow = bench.flows[Station.peerPort], let id = flow.id else { return }
    while answered < behaviour.answerSizes.count, flow.readCount >= behaviour.requestSize * (answered + 1) {
      prepare(behaviour.answerSizes[answered], at: bench.now)
      answered += 1
    }
    while let part = parts.first, part.time <= bench.now {
      guard bench.host.queueRoom(of: id) > 0 else {
        parts[0].time = bench.now + .milliseconds(5)
        break
      }
      try bench.write(part.count, more: part.more)
      parts.removeFirst()
    }
    let hasAnsweredAll = answered == behaviour.answerSizes.count && parts.isEmpty
    let mayClose = behaviour.closing == .server || flow.events.contains { $0.event == .peerFinished }
    guard hasAnsweredAll, mayClose, !isFinished else { return }
    isFinished = true
    try bench.finish()
  }

  private mutating func prepare(_ size: Int, at now: Instant) {
    var rest = size
    var time = now
    while rest > 0 {
      let count = Bool.random(using: &random) ? rest : Int.random(in: 1...rest, using: &random)
      rest -= count
      parts.append((time, count, rest > 0))
      if Bool.random(using: &random) { time = time + .milliseconds(UInt64.random(in: 0...30, using: &random)) }
    }
  }
}
