import Stack
import TCP
package import Time

/// A client and a host, joined by two directions that lose, delay, double and damage what is sent: a whole story by a seed.
package struct SimulatedTransfer {
  /// How the client behaves.
  package var behaviour = SimulatedBehaviour()
  /// The way to the host.
  package var inbound = SimulatedPath()
  /// The way to the client.
  package var outbound = SimulatedPath()
  /// What becomes of the way to the client in the midst of it; nil where nothing does.
  package var narrowing: Narrowing?
  /// What the host is made with.
  package var configuration = BenchConfiguration()
  /// The initial numbers of host and client.
  package var initialNumbers: (host: UInt32, peer: UInt32) = (1_000, 5_000)
  /// Bytes of text in a source.
  package var stride: UInt32 = 64_240
  /// What all chance comes from.
  package let random: SeededRandom

  /// A transfer over a link without faults.
  package init(random: SeededRandom) {
    self.random = random
  }

  /// From a moment on, only smaller packets get through to the client.
  package struct Narrowing: Sendable {
    /// When, counted from the SYN.
    package var after: Interval
    /// The largest packet that still gets through.
    package var mtu: Int
    /// Whether a router says so; if not, there is only silence (RFC 2923 §2.1).
    package var isTold: Bool

    /// A way that becomes narrow.
    package init(after: Interval, mtu: Int, isTold: Bool) {
      self.after = after
      self.mtu = mtu
      self.isTold = isTold
    }
  }

  /// What a transfer has cost.
  package struct Outcome: Sendable {
    /// From the SYN to the last acknowledgment.
    package var duration = Interval.zero
    /// Segments of the host.
    package var segmentCount = 0
    /// Segments with text that was sent before.
    package var retransmissionCount = 0
    /// How often the host has said that it has reduced its window.
    package var reductionCount = 0
  }

  /// Plays the transfer until both sides have closed.
  /// - Throws: `TestFailure` unless every byte has arrived, every rule was kept and nothing is left behind.
  package func run() throws(TestFailure) -> Outcome {
    let start = HostBench.start(for: initialNumbers.host, configuration)
    let bench = HostBench(configuration, start: start, stride: stride)
    var chance = random
    var toHost = SimulatedLink<PeerSegment>(inbound, random: SeededRandom(exactly: chance.next()))
    var toClient = SimulatedLink<SentSegment>(outbound, random: SeededRandom(exactly: chance.next()))
    var server = SimulatedServer(behaviour, random: SeededRandom(exactly: chance.next()))
    var client = SimulatedClient(behaviour, initial: initialNumbers.peer)
    client.open(at: start)
    var messages: [(time: Instant, frame: [UInt8])] = []
    var steps = 0
    while !(client.isDone && bench.host.connectionCount == 0) {
      send(from: &client, &toHost, bench.now)
      send(from: bench, &toClient, since: start, &messages)
      var next = min(min(toHost.nextArrival, toClient.nextArrival), min(client.nextDeadline, server.nextDeadline))
      next = min(next, messages.first?.time ?? .never)
      next = max(min(next, bench.host.nextDeadline), bench.now)
      steps += 1
      try require(next != .never, "everything stands still: \(describe(client, bench))")
      try require(next < start + .seconds(14_400), "not done within four hours: \(describe(client, bench))")
      try require(steps < 200_000, "no end after \(steps) steps: \(describe(client, bench))")
      try bench.advance(to: next)
      while let message = messages.first, message.time <= next { try bench.deliver(messages.removeFirst().frame) }
      while let arrival = toHost.receive(at: next) {
        try deliver(arrival, to: bench, &chance)
        try server.act(on: bench)
      }
      while let arrival = toClient.receive(at: next) {
        if !arrival.isDamaged { try client.receive(arrival.marked, at: next) }
      }
      client.fire(at: next)
      try server.act(on: bench)
      try bench.transmit()
    }
    let counters = bench.host.counters
    var outcome = Outcome(
      duration: bench.now.since(start), segmentCount: Int(counters.segmentsOut),
      retransmissionCount: Int(counters.retransmissions))
    outcome.reductionCount = client.reductionCount
    try bench.close()
    return outcome
  }

  private func deliver(
    _ arrival: SimulatedLink<PeerSegment>.Arrival, to bench: HostBench, _ chance: inout SeededRandom
  ) throws(TestFailure) {
    guard arrival.isDamaged else { return try bench.deliver(arrival.marked) }
    var frame = arrival.marked.frame()
    // Any byte of the packet: header or text, both have a checksum.
    frame[Int.random(in: 14..<frame.count, using: &chance)] ^= UInt8.random(in: 1...255, using: &chance)
    try bench.deliver(frame)
  }

  private func send(from client: inout SimulatedClient, _ link: inout SimulatedLink<PeerSegment>, _ now: Instant) {
    for segment in client.output { link.send(segment, byteCount: 54 + segment.text.count, at: now) }
    client.output.removeAll()
  }

  private func send(
    from bench: HostBench, _ link: inout SimulatedLink<SentSegment>, since start: Instant,
    _ messages: inout [(time: Instant, frame: [UInt8])]
  ) {
    let size = min(behaviour.mss, configuration.mtu - 40)
    for segment in bench.output {
      for piece in segment.cut(to: max(size, 88)) {
        if let narrowing, segment.time >= start + narrowing.after,
          40 + piece.options.count + piece.text.count > narrowing.mtu
        {
          guard narrowing.isTold else { continue }
          let frame = RouterMessage.unreachable(mtu: UInt16(narrowing.mtu), sequence: piece.sequence)
          messages.append((segment.time + inbound.delay, frame))
          continue
        }
        link.send(piece, byteCount: 54 + piece.text.count, at: segment.time)
      }
    }
    bench.output.removeAll()
  }

  /// How the connection has ended at the host.
  private func ending(_ bench: HostBench) -> String {
    bench.flows[Station.peerPort]?.events.last.map { "\($0.event)" } ?? "it never was there"
  }

  private func describe(_ client: SimulatedClient, _ bench: HostBench) -> String {
    let block = bench.flows[Station.peerPort]?.id.map { bench.host.connection($0) }
    let state =
      block.map { "\($0.state), \($0.snd), \($0.timer), queued \($0.queue.byteCount)" } ?? "gone (\(ending(bench)))"
    return "the host is \(state); the client has \(client.receivedCount) of \(client.answerTotal) bytes, "
      + "sent \(client.nextSent), acknowledged \(client.oldest), window \(client.edge - client.next)"
  }
}
