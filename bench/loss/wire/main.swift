import Glibc
import Link
import LinuxLink
import Time

/// A cable between two TAPs with faults: `faulty-wire NEAR FAR DELAY LOSS SEED`.
///
/// Every frame takes DELAY microseconds; of the segments from FAR to NEAR, LOSS in a million vanish, chosen by SEED.
func run(_ near: String, _ far: String, delay: UInt64, loss: UInt32, seed: UInt64) throws {
  var inward = Faults()
  inward.delayed = 1_000_000
  inward.shortestDelay = .microseconds(delay)
  inward.longestDelay = .microseconds(delay)
  let nearDevice = try TAPDevice(name: near, offload: false)
  var farDevice = try TAPDevice(name: far, offload: false)
  var poller = Poller()
  _ = poller.watch(nearDevice.descriptorNumber)
  _ = poller.watch(farDevice.descriptorNumber)
  var wire = Faulty(nearDevice, incoming: inward, outgoing: inward, seed: seed, capacity: 16_384)
  var pattern = LossPattern(seed: seed, partsPerMillion: loss)
  let clock = MonotonicClock()
  while !wire.device.isLost, !farDevice.isLost {
    wire.advance(to: clock.now)
    var count = 0
    // What a TAP takes no more is lost, as on any cable into a full queue.
    while count < 256, let frame = farDevice.receive() {
      if !pattern.takes(frame.bytes) { _ = wire.transmit(OutgoingFrame(header: frame.bytes)) }
      count += 1
    }
    while count < 512, let frame = wire.receive() {
      _ = farDevice.transmit(OutgoingFrame(header: frame.bytes))
      count += 1
    }
    if count == 0 { _ = poller.wait(until: wire.nextDeadline) }
  }
}

let arguments = CommandLine.arguments
guard arguments.count == 6, let delay = UInt64(arguments[3]), let loss = UInt32(arguments[4]),
  let seed = UInt64(arguments[5])
else {
  print("usage: faulty-wire NEAR FAR DELAY LOSS SEED")
  exit(2)
}
do {
  try run(arguments[1], arguments[2], delay: delay, loss: loss, seed: seed)
} catch {
  print("faulty-wire: \(error)")
  exit(1)
}
