import Stack
import TCP
import Time
import Wire

/// Frames on their way to the host and from it.
extension HostBench {
  /// Sends a segment to the host.
  package func deliver(_ segment: PeerSegment) throws(TestFailure) {
    note(segment)
    try deliver(segment.frame(from: peer))
  }

  /// Sends a frame to the host.
  /// - Parameter isVouchedFor: whether the device has looked at the checksum.
  package func deliver(_ frame: [UInt8], isVouchedFor: Bool = false) throws(TestFailure) {
    guard let arrival = host.receive(frame.rawSpan, isVouchedFor: isVouchedFor, at: now) else { return }
    try handle(arrival, frame)
  }

  /// Takes note of what the peer offers and allows.
  func note(_ segment: PeerSegment) {
    var flow = flows[segment.sourcePort] ?? BenchFlow(base: claimBase())
    if segment.flags.contains(.syn) {
      if flow.id != nil { flow.peerInitial = segment.sequence }
      let options = ScriptOptions(segment.options)
      let headers = peer.headerCount + 6
      let usual = peer.address.family == .ipv4 ? 536 : 1_220
      flow.mss = min(max(options.maximumSegmentSize ?? usual, 88), host.configuration.mtu - headers)
      flow.scale = min(options.windowScale ?? 0, 14)
    }
    if segment.flags.contains(.ack) {
      // The window beside a SYN is never shifted (RFC 7323 §2.2).
      let scale = segment.flags.contains(.syn) ? 0 : flow.scale
      let edge = segment.acknowledgment &+ UInt32(segment.window) << UInt32(scale)
      flow.edge = flow.edge.map { Int32(bitPattern: edge &- $0) > 0 ? edge : $0 } ?? edge
      let last = flow.lastAcknowledgment ?? segment.acknowledgment
      if Int32(bitPattern: segment.acknowledgment &- last) >= 0 { flow.lastAcknowledgment = segment.acknowledgment }
    }
    flows[segment.sourcePort] = flow
  }

  /// Takes note that frames written by hand will open a flow.
  package func expectFlow(_ port: UInt16 = Station.peerPort) {
    flows[port] = flows[port] ?? BenchFlow(base: claimBase())
  }

  func claimBase() -> UInt32 {
    nextBase += 1 << 12
    return nextBase - 1 << 12
  }

  /// Has the host send until it has nothing more, and checks every frame and then every connection.
  package func transmit() throws(TestFailure) {
    var count = 0
    while let plan = host.nextFrame(at: now) {
      let frame = try assemble(plan)
      count += 1
      try require(count < 10_000, "the host does not stop sending")
      guard HostBench.isSegment(frame) else {
        otherOutput.append(frame)
        continue
      }
      let isLeftToDevice = plan.kind == .segment && host.configuration.deviceFinishesChecksums
      let sent = try SentSegment(
        reading: frame, at: now, to: peer, checksum: isLeftToDevice ? .pseudoHeader : .complete)
      try check(sent, plan)
      output.append(sent)
    }
    for (port, flow) in flows {
      if let id = flow.id { try checkInvariants(of: host.connection(id), port, flow) }
    }
  }

  /// Whether a frame carries TCP, in a packet of either version.
  private static func isSegment(_ frame: [UInt8]) -> Bool {
    guard frame.count > 23 else { return false }
    return frame[12] == 0x08 && frame[13] == 0 && frame[23] == 6 || frame[12] == 0x86 && frame[20] == 6
  }

  /// Puts a frame together as a device would.
  private func assemble(_ plan: FramePlan) throws(TestFailure) -> [UInt8] {
    var text = [UInt8]()
    for index in 0..<plan.pieceCount {
      let piece = plan[index]
      let isHeld = flows.values.contains { $0.uses[piece.source.number] != nil }
      try require(isHeld, "source \(piece.source.number) is sent from after its release")
      try require(piece.count > 0 && piece.offset + piece.count <= Int(stride), "a piece outside its source")
      text += PatternText.bytes(at: Int(piece.source.number) * Int(stride) + piece.offset, count: piece.count)
    }
    try require(text.count == plan.textCount, "the pieces hold \(text.count) bytes for \(plan.textCount)")
    if plan.needsTextSum { host.finish(InternetChecksum(folded: OnesComplement.sum(text.rawSpan))) }
    let header = HostBench.header(of: host)
    try require(header.count == plan.headerCount, "the header has \(header.count) bytes")
    return header + text
  }

  private static func header(of host: borrowing Host) -> [UInt8] {
    let header = host.headerBytes
    return [UInt8](count: header.byteCount) { $0.copy(header, to: 0) }
  }

  /// Checks a segment against what the application wrote and the peer allows.
  private func check(_ sent: SentSegment, _ plan: FramePlan) throws(TestFailure) {
    let mtu = host.configuration.mtu
    if sent.text.count > plan.segmentSize {
      try require(sent.text.count <= host.configuration.largestSuperSegment, "too large a super-segment")
      try require(plan.headerCount - 14 + plan.segmentSize <= mtu, "segments beyond the MTU")
    } else {
      try require(sent.frame.count - 14 <= mtu, "a packet of \(sent.frame.count - 14) bytes")
    }
    guard var flow = flows[sent.port] else { throw TestFailure("sent to port \(sent.port), which is nobody's") }
    if sent.flags.contains(.syn), flow.initialNumbers.last != sent.sequence {
      if !flow.initialNumbers.isEmpty, flow.id == nil { flow = flow.renewed(base: claimBase()) }
      flow.initialNumbers.append(sent.sequence)
      flow.peerInitial = sent.acknowledgment.map { $0 &- 1 }
      flows[sent.port] = flow
    }
    guard !sent.text.isEmpty else { return }
    guard let initial = flow.initialNumbers.last else { throw TestFailure("text before any handshake") }
    try require(plan.segmentSize <= flow.mss, "segments of \(plan.segmentSize), where the peer takes \(flow.mss)")
    let position = Int(sent.sequence &- initial &- 1)
    try require(position + sent.text.count <= flow.written, "text at \(position) that was never written")
    let start = Int(flow.base) * Int(stride) + position
    try require(PatternText.matches(sent.text.rawSpan, at: start), "the text at \(position) is not what was written")
    try checkWindow(sent, flow)
  }

  /// No byte leaves that the peer has not allowed, but for the one that probes a closed window.
  private func checkWindow(_ sent: SentSegment, _ flow: BenchFlow) throws(TestFailure) {
    guard let edge = flow.edge else { throw TestFailure("text without a window") }
    let end = sent.sequence &+ UInt32(sent.text.count)
    let isProbe = sent.text.count == 1 && sent.sequence == flow.lastAcknowledgment
    try require(Int32(bitPattern: end &- edge) <= 0 || isProbe, "\(end &- edge) bytes beyond the peer's window")
  }
}
