/// What a client knows of congestion, and what it demands of a server that speaks of it (RFC 3168 §6.1).
struct SimulatedNotices: Sendable {
  /// Whether both ends speak of it.
  private(set) var isAgreed = false
  /// Whether the server is told of congestion until it says that it knows.
  private var isEchoing = false
  /// Whether the client has been told, and has to say that it knows.
  private var owesReduction = false
  /// How often the server has said that it has reduced its window.
  private(set) var reductionCount = 0

  /// Takes in a segment of the server.
  /// - Parameters:
  ///   - isAsking: whether the client's SYN has asked.
  ///   - isFirst: whether this is the first segment of the server.
  mutating func take(_ segment: SentSegment, isAsking: Bool, isFirst: Bool) throws(TestFailure) {
    if segment.flags.contains(.syn) {
      try require(segment.mark == .none, "a SYN asks for marks")
      try require(!segment.flags.contains(.windowReduced), "a SYN-ACK has CWR")
      let isAgreeing = segment.flags.contains(.echo)
      try require(isAsking || !isAgreeing, "an answer that nobody has asked for")
      try require(isFirst || isAgreed == isAgreeing, "the server has changed its mind about congestion")
      isAgreed = isAgreeing
      return
    }
    guard isAgreed else {
      let isSilent = segment.mark == .none && segment.flags.isDisjoint(with: [.echo, .windowReduced])
      return try require(isSilent, "the server speaks of congestion unasked")
    }
    try require(segment.mark != .ect1, "ECT(1) is for others")
    if segment.text.isEmpty { try require(segment.mark == .none, "a segment without text asks for marks") }
    if segment.flags.contains(.windowReduced) {
      try require(segment.mark != .none, "CWR on what is not new")
      isEchoing = false
      reductionCount += 1
    }
    if segment.mark == .ce { isEchoing = true }
    if segment.flags.contains(.echo) { owesReduction = true }
  }

  /// Writes what there is to tell on a segment of the client.
  /// - Parameter isNew: whether its text was never sent before.
  mutating func write(on segment: inout PeerSegment, isNew: Bool) {
    guard isAgreed else { return }
    if isEchoing { segment.flags.insert(.echo) }
    guard isNew, !segment.text.isEmpty else { return }
    segment.mark = .ect0
    if owesReduction { segment.flags.insert(.windowReduced) }
    owesReduction = false
  }
}
