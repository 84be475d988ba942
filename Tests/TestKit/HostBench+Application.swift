package import Stack
import TCP
package import Time
import Wire

/// The application on the bench.
extension HostBench {
  /// Opens a connection from a peer whose MSS is 1,460 bytes and who is so far away.
  package func open(
    _ port: UInt16 = Station.peerPort, sequence: UInt32 = 5_000, after roundTrip: Interval = .zero
  ) throws(TestFailure) {
    var syn = PeerSegment(sequence: sequence, flags: .syn)
    syn.sourcePort = port
    syn.options = [2, 4, 0x05, 0xB4]
    try deliver(syn)
    try transmit()
    try advance(to: now + roundTrip)
    var acknowledgment = PeerSegment(sequence: sequence &+ 1, flags: .ack)
    acknowledgment.sourcePort = port
    guard let last = output.last, last.port == port else { throw TestFailure("no answer to a SYN") }
    acknowledgment.acknowledgment = last.end
    try deliver(acknowledgment)
  }

  /// OPEN, active: to a port of the peer, from the port that the host listens on elsewhere.
  package func connect(
    _ port: UInt16 = Station.peerPort, by way: NextHop? = nil
  ) throws(TestFailure) {
    let way = way ?? .hardware(peer.hardware)
    guard let id = host.open(to: peer.address, port: port, by: way, from: Station.port, at: now) else {
      throw TestFailure("there is no room for another connection")
    }
    var flow = flows[port]?.renewed(base: claimBase()) ?? BenchFlow(base: claimBase())
    flow.id = id
    flows[port] = flow
  }

  /// Acknowledges the last segment that was sent.
  /// - Parameter flags: FIN, or nothing besides ACK.
  package func acknowledgeAll(_ flags: PeerSegment.Flags = []) throws(TestFailure) {
    guard let last = output.last, let number = last.acknowledgment else { throw TestFailure("nothing was sent") }
    var acknowledgment = PeerSegment(sequence: number, flags: flags.union(.ack))
    acknowledgment.sourcePort = last.port
    acknowledgment.acknowledgment = last.end
    try deliver(acknowledgment)
    try transmit()
  }

  /// SEND: appends the next `count` bytes of the pattern.
  /// - Parameter more: whether more is announced.
  package func write(_ count: Int, more: Bool = false, to port: UInt16 = Station.peerPort) throws(TestFailure) {
    let id = try id(port)
    var flow = try flow(port)
    let position = UInt64(flow.base) * UInt64(stride) + UInt64(flow.written)
    let (first, offset) = position.quotientAndRemainder(dividingBy: UInt64(stride))
    let run = TextRun(
      source: TextSource(UInt32(first)), offset: UInt32(offset), stride: stride, length: UInt64(count))
    try require(host.append(run, to: id), "the queue took no \(count) bytes")
    host.expectMoreText(more, on: id)
    if count > 0 {
      for source in first...((position + UInt64(count) - 1) / UInt64(stride)) {
        flow.uses[UInt32(source), default: 0] += 1
      }
    }
    flow.written += count
    flows[port] = flow
  }

  /// CLOSE.
  package func finish(_ port: UInt16 = Station.peerPort) throws(TestFailure) {
    host.finish(try id(port), at: now)
    flows[port]?.isFinished = true
  }

  /// ABORT, and the removal that has to follow.
  package func abort(_ port: UInt16 = Station.peerPort) throws(TestFailure) {
    let id = try id(port)
    host.abort(id, at: now)
    try end(id, .closed)
  }

  /// CLOSE of a connection that is still being opened: it is gone.
  package func giveUp(_ port: UInt16 = Station.peerPort) throws(TestFailure) {
    let id = try id(port)
    host.finish(id, at: now)
    try end(id, .closed)
  }

  /// Whether the application reads text as soon as it is there.
  package func readAtOnce(_ reads: Bool, _ port: UInt16 = Station.peerPort) throws(TestFailure) {
    flows[port]?.readsAtOnce = reads
    if reads { try read(try unread(port), port) }
  }

  /// Bytes that could be read.
  package func unread(_ port: UInt16 = Station.peerPort) throws(TestFailure) -> Int {
    host.unreadCount(of: try id(port))
  }

  /// Reads text that was kept, and checks that it is the peer's.
  package func read(_ count: Int, _ port: UInt16 = Station.peerPort) throws(TestFailure) {
    let id = try id(port)
    let flow = try flow(port)
    guard count > 0 else { return }
    try require(host.unreadCount(of: id) >= count, "only \(host.unreadCount(of: id)) bytes can be read")
    let matches = HostBench.bufferedText(of: id, in: host, first: count, matches: flow.readCount)
    try require(matches, "what is read at \(flow.readCount) is not what the peer has sent")
    host.consume(count, of: id)
    flows[port]?.readCount += count
  }

  private static func bufferedText(
    of id: ConnectionID, in host: borrowing Host, first count: Int, matches position: Int
  ) -> Bool {
    PatternText.matches(host.bufferedText(of: id).extracting(first: count), at: position)
  }

  /// Takes in what a frame has changed.
  func handle(_ arrival: HostArrival, _ frame: [UInt8]) throws(TestFailure) {
    let (id, port) = (arrival.connection, host.peer(of: arrival.connection).port)
    if arrival.isNew {
      flows[port]?.id = id
      flows[port]?.events.append((now, .opened))
    }
    flows[port]?.acknowledged += Int(arrival.arrival.acknowledgedCount)
    try handleText(arrival, frame, port)
    if arrival.arrival.isPeerFinished { flows[port]?.events.append((now, .peerFinished)) }
    try release(port)
    if let ending = arrival.arrival.ending { try end(id, ending) }
  }

  private func handleText(_ arrival: HostArrival, _ frame: [UInt8], _ port: UInt16) throws(TestFailure) {
    let (id, flow) = (arrival.connection, try flow(port))
    switch arrival.reading {
    case .nothing: return
    case .buffer:
      if flow.readsAtOnce { try read(host.unreadCount(of: id), port) }
    case .frame:
      let text = frame.rawSpan.extracting(arrival.arrival.text)
      try require(text.byteCount == host.unreadCount(of: id), "the frame does not hold what can be read")
      guard flow.readsAtOnce else {
        try require(host.keep(text, of: id), "there is no buffer to keep text in")
        return
      }
      try require(
        PatternText.matches(text, at: flow.readCount), "text at \(flow.readCount) is not what the peer has sent")
      host.consume(text.byteCount, of: id)
      flows[port]?.readCount += text.byteCount
    }
  }

  /// Takes back the sources that a connection needs no more.
  func release(_ port: UInt16) throws(TestFailure) {
    var flow = try flow(port)
    guard let id = flow.id else { return }
    while let source = host.nextReleasedSource(of: id) {
      let uses = flow.uses[source.number] ?? 0
      try require(uses > 0, "source \(source.number) is released once too often")
      flow.uses[source.number] = uses == 1 ? nil : uses - 1
    }
    flows[port] = flow
  }

  /// Does what an ended connection calls for.
  func end(_ id: ConnectionID, _ ending: Ending) throws(TestFailure) {
    let port = host.peer(of: id).port
    flows[port]?.events.append((now, .ended(ending)))
    host.abandonText(of: id)
    try release(port)
    let left = flows[port]?.uses ?? [:]
    try require(left.isEmpty, "sources \(left.keys.sorted()) are never released")
    host.remove(id)
    flows[port]?.id = nil
  }
}
