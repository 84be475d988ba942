package import Time

/// A device whose link drops, doubles, reorders, corrupts and delays frames, the same ones for the same seed.
///
/// Faults hit single frames, so a device is to be opened without offload below, and announces none above. Delay and
/// reordering need the time: whoever runs the device tells it by `advance`, and waits no longer than `nextDeadline`.
/// Memory is bounded: when too many frames are held back, more of them vanish, as in any queue.
package struct Faulty<Device: LinkDevice & ~Copyable>: ~Copyable, LinkDevice {
  /// The device that carries the frames.
  package var device: Device

  var incoming: FaultyDirection
  var outgoing: FaultyDirection
  var now = Instant.epoch

  /// Puts faults in both directions of a device.
  /// - Parameters:
  ///   - incoming: faults of frames that are received.
  ///   - outgoing: faults of frames that are sent.
  ///   - seed: what all of it depends on. The directions draw from sequences of their own.
  ///   - capacity: frames that a direction can hold back.
  package init(
    _ device: consuming Device, incoming: Faults, outgoing: Faults, seed: UInt64, capacity: Int = 256
  ) {
    let mtu = device.properties.mtu
    let longest = 65_536 + FaultyDirection.linkHeader
    self.incoming = FaultyDirection(incoming, seed: seed, mtu: mtu, capacity: capacity, longestTransit: longest)
    self.outgoing = FaultyDirection(outgoing, seed: ~seed, mtu: mtu, capacity: capacity, longestTransit: 1)
    self.device = device
  }

  /// Those of the device; without any offload when there are faults.
  package var properties: LinkProperties {
    let properties = device.properties
    guard incoming.faults != .none || outgoing.faults != .none else { return properties }
    return LinkProperties(
      address: properties.address, mtu: properties.mtu, finishesChecksums: false, largestSuperSegment: 0)
  }

  /// Those of the device: what truly passed.
  package var counters: LinkCounters { device.counters }

  /// What was done to frames that were received.
  package var incomingFaults: FaultCounters { incoming.counters }

  /// What was done to frames that were sent.
  package var outgoingFaults: FaultCounters { outgoing.counters }

  /// When a frame that is held back is due; `.never` when none is. Then `advance` and `receive` are to be called.
  package var nextDeadline: Instant { min(incoming.held.earliest, outgoing.held.earliest) }

  /// Tells the time, and sends what is due. Time never goes back.
  package mutating func advance(to now: Instant) {
    self.now = max(self.now, now)
    sendDue()
  }
}
