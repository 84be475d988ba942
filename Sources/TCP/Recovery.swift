import Wire

/// The repair of lost text (RFC 6675, RFC 8985, RFC 5682), and what is needed to take it back.
package struct Recovery: Sendable {
  /// What is being done.
  package enum Phase: Sendable {
    /// Nothing is known to be lost.
    case none
    /// A router has met congestion: nothing is lost, but the window comes down (RFC 3168 §6.1.2).
    case reducing
    /// Acknowledgments told of losses.
    case repairing
    /// No acknowledgment came in time.
    case timedOut
  }

  /// What is being done.
  package internal(set) var phase = Phase.none
  /// RecoveryPoint: recovery ends when this number, SND.MAX when it began, is acknowledged.
  var point: SequenceNumber
  /// How the window comes down.
  var reduction = RateReduction(flight: 0, owed: 0)
  /// The window before; zero when there is nothing to take back.
  var windowBefore: UInt32 = 0
  /// The threshold before.
  var thresholdBefore: UInt32 = 0
  /// Numbers that were sent again and not reported to have come twice (RFC 2883).
  var repeated: UInt32 = 0
  /// The number behind a tail probe whose fate is open (TLP.end_seq).
  var probeEnd: SequenceNumber
  /// Duplicate acknowledgments in a row, from a peer that does not say what it holds (RFC 5681 §3.2).
  var duplicates: UInt8 = 0
  /// What is to be done with the next turn, and what has been.
  var flags: Flags = []

  /// Small facts.
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    /// `point` is not acknowledged yet: duplicates below it are no news (RFC 6582 §3.2, step 1).
    static let isPointAhead = Flags(rawValue: 1)
    /// The tail of the flight was sent once more in this recovery (RFC 6675 §4, NextSeg rule 4).
    static let isRescued = Flags(rawValue: 2)
    /// The time-out may have been false: new text goes before old (RFC 5682 §3.1).
    static let prefersNew = Flags(rawValue: 4)
    /// The time-out is the first, and could still turn out to be false.
    static let isDoubtful = Flags(rawValue: 8)
    /// A tail probe is to be sent.
    static let isProbeDue = Flags(rawValue: 16)
    /// The fate of a tail probe is open.
    static let isProbing = Flags(rawValue: 32)
    /// The tail probe was text sent before.
    static let isProbeRepeated = Flags(rawValue: 64)
  }

  /// The duplicates that mean a loss.
  static let threshold: UInt8 = 3

  /// No recovery so far.
  init(una: SequenceNumber) {
    point = una
    probeEnd = una
  }

  /// Whether lost text is being repaired behind acknowledgments.
  package var isActive: Bool { phase == .repairing }

  /// Whether the window comes down step by step.
  var isReducing: Bool { phase == .repairing || phase == .reducing }

  /// Whether nothing is being repaired, probed or counted.
  var isQuiet: Bool { phase == .none && duplicates == 0 && flags.isDisjoint(with: [.isPointAhead, .isProbing]) }

  /// A recovery begins.
  mutating func begin(_ phase: Phase, upTo max: SequenceNumber, flight: UInt32, owed: UInt32 = 0) {
    self.phase = phase
    point = max
    reduction = RateReduction(flight: flight, owed: owed)
    flags = .isPointAhead
  }
}
