import Cache
package import Link
import Stack
package import Time

/// The whole server: an engine and the device that carries its frames.
package struct Cheetah<Device: LinkDevice & ~Copyable>: ~Copyable {
  /// The server without its device.
  package var engine: Engine
  /// What carries the frames.
  package var device: Device
  /// Whether the device did not take the last frame; it is offered again before anything else is sent.
  private var isFrameRefused = false

  /// Frames taken in before anything is sent: enough to gather what belongs together, few enough to answer soon.
  private static var batch: Int { 256 }

  /// A server on a device.
  package init(engine: consuming Engine, device: consuming Device) {
    self.engine = engine
    self.device = device
  }

  /// One turn of the loop: everything that has arrived is handled, what is due is done, and everything there is to send
  /// is sent, so that what is owed rides on what is sent anyway.
  /// - Returns: whether anything arrived.
  package mutating func turn(at now: Instant) -> Bool {
    let received = takeIn(at: now)
    transmit(at: now)
    return received
  }

  /// The first half of a turn: everything that has arrived is handled, and what is due is done. `transmit` is the other.
  /// - Returns: whether anything arrived.
  package mutating func takeIn(at now: Instant) -> Bool {
    // A frame that was refused is offered once more, before anything it refers to can change. Then it is lost, as in any
    // full queue, and TCP repairs it.
    if isFrameRefused {
      _ = device.transmit(engine.frame())
      device.flush()
      isFrameRefused = false
    }
    let received = receive(at: now)
    if received { engine.host.dueAnswers.arrived(at: now) }
    engine.fire(at: now)
    return received
  }

  /// Whether a frame waits for a device that is full.
  package var isBlocked: Bool { isFrameRefused }

  /// Takes in what has arrived.
  package mutating func receive(at now: Instant) -> Bool {
    for count in 0..<Cheetah.batch {
      guard let frame = device.receive() else { return count > 0 }
      engine.receive(frame.bytes, isVouchedFor: frame.checksum == .vouchedFor, at: now)
    }
    return true
  }

  /// Sends what there is to send, until the device takes no more.
  package mutating func transmit(at now: Instant) {
    while !isFrameRefused, engine.makeFrame(at: now) {
      isFrameRefused = !device.transmit(engine.frame())
    }
    device.flush()
  }
}
