import Time

/// One direction of a faulty link: how often it fails, what it has drawn so far, and the frames it holds back.
struct FaultyDirection: ~Copyable {
  /// What the direction does with a frame.
  enum Verdict: Equatable {
    /// It goes on as it is; doubled where so drawn.
    case passes(isDuplicated: Bool)
    /// It is gone, or a copy waits among the held ones.
    case isTaken
  }

  /// Bytes of an Ethernet header with two VLAN tags.
  static let linkHeader = 14 + 8

  /// How long a frame waits for others to overtake it, when none come.
  private static let patience = Interval.milliseconds(10)

  let faults: Faults
  var generator: FaultGenerator
  var held: HeldFrames
  var counters = FaultCounters()

  /// A direction that fails by `seed`, of a link with this MTU.
  /// - Parameter longestTransit: bytes of the longest frame that `pass` is given.
  init(_ faults: Faults, seed: UInt64, mtu: Int, capacity: Int, longestTransit: Int) {
    self.faults = faults
    generator = FaultGenerator(seed: seed)
    held = HeldFrames(
      capacity: faults == .none ? 0 : capacity, longestFrame: mtu + FaultyDirection.linkHeader,
      longestTransit: longestTransit)
  }

  /// Decides what becomes of a frame, and keeps a copy where it is not to go on at once as it is.
  mutating func judge(_ frame: borrowing OutgoingFrame, checksum: ReceivedChecksum, at now: Instant) -> Verdict {
    guard faults != .none else { return .passes(isDuplicated: false) }
    counters.offered &+= 1
    guard frame.offload == .none, frame.byteCount <= held.longestFrame else {
      counters.spared &+= 1
      return .passes(isDuplicated: false)
    }
    let fate = FrameFate(faults, drawnFrom: &generator)
    guard !fate.isDropped else {
      counters.dropped &+= 1
      return .isTaken
    }
    held.overtake(at: now)
    guard !fate.isPlain else {
      if fate.isDuplicated { counters.duplicated &+= 1 }
      return .passes(isDuplicated: fate.isDuplicated)
    }
    keep(frame, fate, checksum: checksum, at: now)
    return .isTaken
  }

  /// Holds a copy of a frame until it is its turn.
  /// - Returns: whether there was room.
  @discardableResult
  mutating func keep(_ frame: borrowing OutgoingFrame, checksum: ReceivedChecksum, until due: Instant) -> Bool {
    guard held.hold(frame, checksum: checksum, until: due, overtakenBy: 0) != nil else {
      counters.overflowed &+= 1
      return false
    }
    return true
  }

  private mutating func keep(
    _ frame: borrowing OutgoingFrame, _ fate: FrameFate, checksum: ReceivedChecksum, at now: Instant
  ) {
    let wait = max(fate.delay ?? .zero, fate.overtakenBy > 0 ? FaultyDirection.patience : .zero)
    guard let slot = held.hold(frame, checksum: checksum, until: now + wait, overtakenBy: fate.overtakenBy) else {
      counters.overflowed &+= 1
      return
    }
    if let place = fate.corruption, held.corrupt(slot, at: place) { counters.corrupted &+= 1 }
    if fate.delay != nil { counters.delayed &+= 1 }
    if fate.overtakenBy > 0 { counters.reordered &+= 1 }
    guard fate.isDuplicated else { return }
    if keep(frame, checksum: checksum, until: now + wait) { counters.duplicated &+= 1 }
  }
}
