package import Link
package import Time

/// A load and the device that carries its frames.
package struct LoadClient<Device: LinkDevice & ~Copyable>: ~Copyable {
  /// The load without its device.
  package var engine: LoadEngine
  /// What carries the frames.
  package var device: Device
  /// Whether the device did not take the last frame; it is offered again before anything else is sent.
  private var isFrameRefused = false

  /// Frames taken in before anything is sent.
  private static var batch: Int { 256 }

  /// A load on a device.
  package init(engine: consuming LoadEngine, device: consuming Device) {
    self.engine = engine
    self.device = device
  }

  /// Whether a frame waits for a device that is full.
  package var isBlocked: Bool { isFrameRefused }

  /// One turn: everything that has arrived is read, what is due is done and begun, and everything there is to send is sent.
  /// - Returns: whether anything arrived.
  package mutating func turn(at now: Instant) -> Bool {
    if isFrameRefused {
      // Offered once more before anything it refers to can change; then it is lost, and TCP repairs it.
      _ = device.transmit(engine.frame())
      device.flush()
      isFrameRefused = false
    }
    let hasReceived = receive(at: now)
    engine.fire(at: now)
    engine.begin(at: now)
    while !isFrameRefused, engine.makeFrame(at: now) {
      isFrameRefused = !device.transmit(engine.frame())
    }
    device.flush()
    return hasReceived
  }

  private mutating func receive(at now: Instant) -> Bool {
    for count in 0..<LoadClient.batch {
      guard let frame = device.receive() else { return count > 0 }
      engine.receive(frame.bytes, isVouchedFor: frame.checksum == .vouchedFor, at: now)
    }
    return true
  }
}
