import TCP
import Time

/// Transfers of which everything is left to chance.
extension SimulatedTransfer {
  /// The transfer of a seed.
  package init(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    self.init(random: SeededRandom(exactly: random.next()))
    inbound = SimulatedTransfer.path(&random)
    outbound = SimulatedTransfer.path(&random)
    behaviour = SimulatedTransfer.behaviour(&random)
    let near = PacketScript.initialNumbers[Int.random(in: 0..<PacketScript.initialNumbers.count, using: &random)]
    initialNumbers = Bool.random(using: &random) ? near : (near.host &- 60_000, near.peer &- 70)
    configuration.mergesAcknowledgments = Int.random(in: 0..<5, using: &random) > 0
    configuration.deviceFinishesChecksums = Bool.random(using: &random)
    if configuration.deviceFinishesChecksums, Bool.random(using: &random) { configuration.largestSuperSegment = 64_240 }
    configuration.congestion = SimulatedTransfer.any(of: CongestionAlgorithm.allCases, &random)
    configuration.mostSentRanges = SimulatedTransfer.any(of: [256, 256, 4_096, 5, 0], &random)
    if configuration.largestSuperSegment == 0, Int.random(in: 0..<4, using: &random) == 0 {
      narrowing = Narrowing(
        after: .milliseconds(SimulatedTransfer.any(of: [0, 5, 100, 1_000], &random)),
        mtu: SimulatedTransfer.any(of: [1_492, 1_400, 1_280, 1_006, 576], &random), isTold: Bool.random(using: &random))
    }
    stride = SimulatedTransfer.any(of: [64_240, 64_240, 8_192, 999], &random)
    configuration.hasTimestamps = Int.random(in: 0..<4, using: &random) > 0
    behaviour.hasTimestamps = Bool.random(using: &random)
    configuration.hasECN = Int.random(in: 0..<4, using: &random) > 0
    behaviour.hasECN = Bool.random(using: &random)
    inbound.congestion = SimulatedTransfer.any(of: [0, 0, 0.05, 1], &random)
    outbound.congestion = SimulatedTransfer.any(of: [0, 0.01, 0.2, 1], &random)
  }

  private static func any<Value>(of values: [Value], _ random: inout SeededRandom) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private static func path(_ random: inout SeededRandom) -> SimulatedPath {
    var path = SimulatedPath()
    path.delay = .microseconds(any(of: [50, 1_000, 10_000, 100_000], &random))
    path.jitter = any(of: [.zero, .zero, path.delay / 4, path.delay * 2], &random)
    path.loss = any(of: [0, 0, 0.01, 0.03, 0.1], &random)
    path.longestBurst = any(of: [1, 1, 1, 4, 12], &random)
    // What is lost in all is the same in bursts.
    path.loss = path.loss * 2 / Double(path.longestBurst + 1)
    path.duplication = any(of: [0, 0, 0.05], &random)
    path.corruption = any(of: [0, 0, 0, 0.02], &random)
    path.bandwidth = any(of: [nil, nil, 12_500_000, 1_250_000, 125_000], &random)
    path.longestQueue = .milliseconds(any(of: [20, 100, 1_000], &random))
    return path
  }

  private static func behaviour(_ random: inout SeededRandom) -> SimulatedBehaviour {
    var behaviour = SimulatedBehaviour()
    behaviour.requestSize = any(of: [20, 300, 300, 1_461, 20_000], &random)
    behaviour.mss = any(of: [1_460, 1_460, 1_460, 1_220, 536, 100], &random)
    let bits = Int.random(in: 0...(behaviour.mss < 500 ? 14 : 18), using: &random)
    let most = min(1 << bits, 200_000)
    behaviour.answerSizes = (0..<any(of: [1, 1, 1, 3], &random)).map { _ in Int.random(in: 1...most, using: &random) }
    let windows = [behaviour.mss / 2, behaviour.mss, 2 * behaviour.mss + 1, 5_000, 20_000, 65_535, 200_000]
    behaviour.capacity = any(of: windows, &random)
    behaviour.isSelective = Int.random(in: 0..<4, using: &random) > 0
    // A window is announced in steps that it has to be larger than.
    behaviour.scale = any(of: [nil, 0, 2, 7].filter { $0 ?? 0 < 3 || behaviour.capacity > 1_000 }, &random)
    behaviour.segmentsPerAcknowledgment = any(of: [1, 2, 2, 8], &random)
    behaviour.longestDelay = .milliseconds(any(of: [1, 40, 190], &random))
    if Int.random(in: 0..<4, using: &random) == 0 {
      behaviour.readSize = max(behaviour.capacity / any(of: [1, 2, 5, 20], &random), 16)
      behaviour.readPause = .milliseconds(any(of: [1, 20, 500], &random))
    }
    behaviour.closing = any(of: [.server, .server, .client, .clientAtOnce], &random)
    return behaviour
  }
}
