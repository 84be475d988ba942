import Time

/// The client's sending side.
extension SimulatedClient {
  mutating func takeAcknowledgment(_ number: Int, window: Int, at now: Instant) {
    guard number <= highest, number >= oldest else { return }
    allowed = max(allowed, number + window)
    guard number > oldest else { return }
    oldest = number
    nextSent = max(nextSent, number)
    expirations = 0
    timer = oldest == highest ? .never : now + .seconds(1)
  }

  /// Everything that is not acknowledged once more.
  mutating func resend(at now: Instant) {
    timer = now + .seconds(1) * (1 << expirations)
    if oldest == 0 {
      var syn = PeerSegment(sequence: initial, flags: .syn)
      syn.options = [2, 4, UInt8(behaviour.mss >> 8), UInt8(behaviour.mss & 0xFF)]
      if let scale = behaviour.scale { syn.options += [1, 3, 3, scale] }
      if behaviour.isSelective { syn.options += [1, 1, 4, 2] }
      if behaviour.hasTimestamps { syn.options += clocks(echo: 0) }
      if behaviour.hasECN { syn.flags.formUnion([.echo, .windowReduced]) }
      syn.window = UInt16(clamping: behaviour.capacity)
      highest = 1
      nextSent = 1
      largestEdge = 1 + Int(syn.window)
      edge = largestEdge
      output.append(syn)
    } else {
      sendMore(at: now)
    }
  }

  /// Requests, and the FIN behind the last, as far as the server's window allows.
  mutating func sendMore(at now: Instant) {
    guard peerInitial != nil else { return }
    while nextSent <= requested, nextSent < allowed {
      let count = min(requested + 1 - nextSent, 1_460, allowed - nextSent)
      let isLast = wantsFin && nextSent + count == requestTotal + 1
      output.append(segment(at: nextSent, count: count, flags: isLast ? [.psh, .fin] : .psh))
      sent(count + (isLast ? 1 : 0), at: now)
    }
    if wantsFin, nextSent == requestTotal + 1 {
      output.append(segment(at: nextSent, count: 0, flags: .fin))
      sent(1, at: now)
    }
  }

  private mutating func sent(_ count: Int, at now: Instant) {
    nextSent += count
    highest = max(highest, nextSent)
    if timer == .never { timer = now + .seconds(1) }
  }

  /// The option with its clock.
  private func clocks(echo: UInt32) -> [UInt8] {
    var options: [UInt8] = [1, 1, 8, 10]
    options.append(UInt64(clock), count: 4)
    options.append(UInt64(echo), count: 4)
    return options
  }

  /// A segment with the client's acknowledgment and window.
  mutating func segment(at sequence: Int, count: Int, flags: PeerSegment.Flags) -> PeerSegment {
    var segment = PeerSegment(
      sequence: initial &+ UInt32(truncatingIfNeeded: sequence), flags: flags.union(.ack))
    segment.acknowledgment = (peerInitial ?? 0) &+ UInt32(truncatingIfNeeded: next)
    segment.window = window()
    segment.options = (peerClock.map { clocks(echo: $0) } ?? []) + selections()
    segment.text = PatternText.bytes(at: sequence - 1, count: count)
    notices.write(on: &segment, isNew: sequence >= highest)
    unacknowledged = 0
    acknowledgmentDeadline = .never
    return segment
  }
}
