package import Time

/// The client's receiving side.
extension SimulatedClient {
  /// Takes in a segment of the server.
  package mutating func receive(_ segment: SentSegment, at now: Instant) throws(TestFailure) {
    try require(!segment.flags.contains(.rst), "the server has reset the connection")
    clock = SimulatedClient.clock(at: now)
    try takeClocks(segment)
    try notices.take(segment, isAsking: behaviour.hasECN, isFirst: peerInitial == nil)
    if segment.flags.contains(.syn) {
      try begin(segment, at: now)
      return
    }
    guard let peerInitial, let acknowledgment = segment.acknowledgment else { return }
    let sequence = Int(Int32(bitPattern: segment.sequence &- peerInitial))
    takeAcknowledgment(Int(Int32(bitPattern: acknowledgment &- initial)), window: Int(segment.window), at: now)
    try takeText(sequence, segment, at: now)
    sendMore(at: now)
  }

  /// What the handshake has agreed on stands in every segment (RFC 7323 §3.2), and nowhere else.
  private mutating func takeClocks(_ segment: SentSegment) throws(TestFailure) {
    let told = ScriptOptions(segment.options).clocks
    if segment.flags.contains(.syn) {
      try require(behaviour.hasTimestamps || told == nil, "a clock that nobody has asked for")
      if peerInitial == nil { peerClock = told?.value }
      return
    }
    try require((told != nil) == (peerClock != nil), "the server has changed its mind about clocks")
    guard let told, let peerInitial, let seen = peerClock else { return }
    try require(Int32(bitPattern: clock &- told.echo) >= 0, "an echo of what was never sent")
    let sequence = Int(Int32(bitPattern: segment.sequence &- peerInitial))
    if sequence <= next, Int32(bitPattern: told.value &- seen) > 0 { peerClock = told.value }
  }

  /// What its clock shows: it goes round soon after the start.
  static func clock(at now: Instant) -> UInt32 {
    UInt32(truncatingIfNeeded: now.nanoseconds / 1_000_000) &- 0x200
  }

  private mutating func begin(_ segment: SentSegment, at now: Instant) throws(TestFailure) {
    try require(segment.acknowledgment == initial &+ 1, "the SYN-ACK acknowledges something else")
    guard peerInitial == nil else {
      try require(peerInitial == segment.sequence, "a second SYN-ACK has another number")
      acknowledge()
      return
    }
    peerInitial = segment.sequence
    takeAcknowledgment(1, window: Int(segment.window), at: now)
    requested = behaviour.requestSize
    if requested > 0 || wantsFin { sendMore(at: now) } else { acknowledge() }
  }

  private mutating func takeText(_ sequence: Int, _ segment: SentSegment, at now: Instant) throws(TestFailure) {
    let end = sequence + segment.text.count
    try require(end <= max(largestEdge, next + 1), "\(end - largestEdge) bytes beyond the window")
    let hasFlag = segment.flags.contains(.fin)
    guard !segment.text.isEmpty || hasFlag else {
      // An empty segment that is not acceptable is answered, as RFC 9293 asks.
      if sequence < next || sequence > max(edge, next) { acknowledge() }
      return
    }
    if hasFlag {
      try require(fin == nil || fin == end, "the FIN has moved")
      if end <= max(edge, next) { fin = end }
    }
    let before = next
    let held = ahead.contains { $0.lowerBound <= sequence && end <= $0.upperBound }
    if !segment.text.isEmpty, end <= next || held { twice = sequence..<end }
    let accepted = max(sequence, next)..<max(min(end, edge), max(sequence, next))
    if !accepted.isEmpty { insert(accepted) }
    if let fin, next == fin { next += 1 }
    if behaviour.readSize == nil {
      unread = next
    } else if readDeadline == .never {
      readDeadline = now + behaviour.readPause
    }
    if receivedCount >= answersDue { requested = min(requested + behaviour.requestSize, requestTotal) }
    unacknowledged += 1
    let isInOrder = sequence <= before && next > before && ahead.isEmpty
    if !isInOrder || hasFin || unacknowledged >= behaviour.segmentsPerAcknowledgment {
      acknowledge()
    } else {
      acknowledgmentDeadline = min(acknowledgmentDeadline, now + behaviour.longestDelay)
    }
  }

  /// Bytes of the answers to all requests that were sent.
  private var answersDue: Int {
    guard behaviour.requestSize > 0 else { return 0 }
    return behaviour.answerSizes.prefix(requested / behaviour.requestSize).reduce(0, +)
  }

  private mutating func insert(_ range: Range<Int>) {
    var merged = range
    latest = range.lowerBound
    ahead.removeAll { other in
      guard other.lowerBound <= merged.upperBound, merged.lowerBound <= other.upperBound else { return false }
      merged = min(other.lowerBound, merged.lowerBound)..<max(other.upperBound, merged.upperBound)
      return true
    }
    if merged.lowerBound <= next { next = max(next, merged.upperBound) } else { ahead.append(merged) }
    ahead.removeAll { other in
      guard other.lowerBound <= next else { return false }
      next = max(next, other.upperBound)
      return true
    }
  }

  /// The blocks of its acknowledgments: what came twice, what came last, and whatever else has room.
  mutating func selections() -> [UInt8] {
    guard behaviour.isSelective, let peerInitial else { return [] }
    let sorted = ahead.filter { $0.contains(latest) } + ahead.filter { !$0.contains(latest) }
    let blocks = ((twice.map { [$0] } ?? []) + sorted).prefix(peerClock == nil ? 4 : 3)
    twice = nil
    guard !blocks.isEmpty else { return [] }
    var options: [UInt8] = [1, 1, 5, UInt8(2 + 8 * blocks.count)]
    for block in blocks {
      for edge in [block.lowerBound, block.upperBound] {
        options.append(UInt64(peerInitial &+ UInt32(truncatingIfNeeded: edge)), count: 4)
      }
    }
    return options
  }

  mutating func read(at now: Instant) {
    unread = min(next, unread + (behaviour.readSize ?? .max / 2))
    if unread < next { readDeadline = now + behaviour.readPause }
    // A window that was closed, or nearly, is announced when it has opened by a good part.
    let free = unread + behaviour.capacity
    let step = min(behaviour.mss, behaviour.capacity / 2)
    if edge - next < step, free - edge >= step { acknowledge() }
  }

  /// An acknowledgment alone.
  mutating func acknowledge() {
    output.append(segment(at: nextSent, count: 0, flags: []))
  }

  /// The window field; moves the edge.
  mutating func window() -> UInt16 {
    let free = unread + behaviour.capacity
    if free - edge >= min(behaviour.mss, max(behaviour.capacity / 2, 1)) { edge = free }
    let shift = Int(behaviour.scale ?? 0)
    let field = min(max(edge - next, 0) >> shift, 0xFFFF)
    edge = max(edge - (1 << shift) + 1, next + field << shift)
    largestEdge = max(largestEdge, next + field << shift)
    return UInt16(field)
  }
}
