import Time

extension Faulty where Device: ~Copyable {
  /// The next frame that comes through: one that was held back until now, or the device's next that is not.
  @_lifetime(&self)
  package mutating func receive() -> ReceivedFrame? {
    guard let slot = nextArrival() else { return nil }
    return incoming.held.frame(in: slot)
  }

  /// Sends a frame, or what becomes of it. A frame that the link swallows counts as sent.
  package mutating func transmit(_ frame: borrowing OutgoingFrame) -> Bool {
    let (generator, counters) = (outgoing.generator, outgoing.counters)
    guard case .passes(let isDuplicated) = outgoing.judge(frame, checksum: .unverified, at: now) else { return true }
    guard device.transmit(frame) else {
      // The frame comes again, and is to meet the same fate.
      (outgoing.generator, outgoing.counters) = (generator, counters)
      return false
    }
    if isDuplicated { _ = device.transmit(frame) }
    sendDue()
    return true
  }

  /// Pushes out what the device has queued.
  package mutating func flush() {
    device.flush()
  }

  /// Sends the held frames whose time has come. One that the device does not take is lost.
  mutating func sendDue() {
    while let slot = outgoing.held.firstDue(at: now) {
      if !Faulty.send(slot, of: outgoing.held, through: &device) { outgoing.counters.overflowed &+= 1 }
      outgoing.held.release(slot)
    }
  }

  private static func send(_ slot: Int, of held: borrowing HeldFrames, through device: inout Device) -> Bool {
    device.transmit(OutgoingFrame(header: held.frame(in: slot).bytes))
  }

  /// Finds the frame that is received next.
  /// - Returns: its slot, which is free again: the frame stays there until the next call.
  private mutating func nextArrival() -> Int? {
    while true {
      if let slot = incoming.held.firstDue(at: now) {
        incoming.held.release(slot)
        return slot
      }
      guard let frame = device.receive() else { return nil }
      let arrival = OutgoingFrame(header: frame.bytes)
      guard case .passes(let isDuplicated) = incoming.judge(arrival, checksum: frame.checksum, at: now) else { continue }
      if isDuplicated { incoming.keep(arrival, checksum: frame.checksum, until: now) }
      if let slot = incoming.held.pass(arrival, checksum: frame.checksum) { return slot }
    }
  }
}
