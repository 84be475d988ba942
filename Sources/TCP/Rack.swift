import Time
import Wire

/// Recent acknowledgment: what left last among what has arrived. What left well before it is lost (RFC 8985 §6).
struct Rack: Sendable {
  /// RACK.xmit_ts: when that had left.
  private(set) var sentAt = Instant.epoch
  /// RACK.end_seq: the number behind it.
  private(set) var end: SequenceNumber
  /// RACK.fack: the number behind the highest that has arrived.
  private var highest: SequenceNumber
  /// Until this number is acknowledged, more duplicates say nothing new (RACK.dsack_round).
  private var duplicateRound: SequenceNumber
  /// RACK.rtt: how long it took to be acknowledged.
  private(set) var roundTrip = Microseconds.zero
  /// By how many quarters of a round trip segments may overtake each other (RACK.reo_wnd_mult).
  private var multiplier: UInt8 = 1
  /// How many recoveries without a duplicate that still holds (RACK.reo_wnd_persist).
  private var persistence: UInt8 = 0
  private var isInDuplicateRound = false
  /// Whether a segment was ever overtaken.
  private(set) var hasSeenReordering = false

  /// How many recoveries a wider window outlives.
  private static let longestPersistence: UInt8 = 16

  /// Nothing has arrived before `una`.
  init(una: SequenceNumber) {
    end = una
    highest = una
    duplicateRound = una
  }

  /// Whether one range left after another; of those that left together the higher counts as later (RACK_sent_after).
  static func isSent(
    _ sentAt: Instant, _ end: SequenceNumber, after other: Instant, _ otherEnd: SequenceNumber
  ) -> Bool {
    sentAt > other || (sentAt == other && end > otherEnd)
  }

  /// Takes in what an acknowledgment has told (§6.2, steps 2 and 3).
  @inline(__always)
  mutating func take(_ delivery: Delivery) {
    if let newest = delivery.newestSentAt {
      roundTrip = Microseconds(delivery.now.since(newest))
      if Rack.isSent(newest, delivery.newestEnd, after: sentAt, end) {
        sentAt = newest
        end = delivery.newestEnd
      }
    }
    if let lowest = delivery.lowestOnce, lowest < highest { hasSeenReordering = true }
    if let top = delivery.highestEnd { highest = SequenceNumber.max(highest, top) }
  }

  /// A segment came twice: what was taken for lost had been late (§6.2, step 4).
  mutating func noteDuplicate(una: SequenceNumber, nxt: SequenceNumber) {
    if isInDuplicateRound, una >= duplicateRound { isInDuplicateRound = false }
    guard !isInDuplicateRound else { return }
    isInDuplicateRound = true
    duplicateRound = nxt
    multiplier = min(multiplier + 1, 200)
    persistence = Rack.longestPersistence
  }

  /// A recovery is over.
  mutating func leaveRecovery() {
    guard persistence > 0 else { return }
    persistence -= 1
    if persistence == 0 { multiplier = 1 }
  }

  /// RACK.reo_wnd: how much later than its successors a segment may arrive (§6.2, step 4).
  /// - Parameter isUrgent: whether a recovery goes on, or more is held ahead of a gap than reordering explains.
  func reorderingWindow(isUrgent: Bool, timeout: RetransmissionTimeout) -> Interval {
    if !hasSeenReordering, isUrgent { return .zero }
    return min(timeout.shortest / 4 * UInt64(multiplier), timeout.smoothed ?? .zero)
  }
}

/// A time in 32 bits, for what a connection remembers: at most 71 minutes.
struct Microseconds: Sendable, Comparable {
  /// The number of them.
  let count: UInt32

  /// None.
  static let zero = Microseconds(.zero)

  /// A length of time, rounded down.
  init(_ interval: Interval) {
    count = UInt32(clamping: interval.microseconds)
  }

  /// The length of time.
  var interval: Interval { .microseconds(UInt64(count)) }

  static func < (left: Microseconds, right: Microseconds) -> Bool { left.count < right.count }
}
