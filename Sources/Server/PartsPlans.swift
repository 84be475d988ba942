import HTTP
import Pack

/// Which plan of a table of plans.
struct PartsNumber: Equatable {
  /// Its place in the table.
  var index: UInt16
}

/// The parts of a file that one response sends, one after the other (RFC 9110 §14.6).
struct PartsPlan {
  /// The form of the file.
  var representation: Representation
  /// The block with its record and its head.
  var block: BlockNumber
  /// The parts.
  var ranges: ByteRanges
  /// How many of them were begun.
  var begun = 0
}

/// The responses in several parts that are being sent. There are few at any time: whoever finds no place is sent the whole.
struct PartsPlans {
  private var plans: [PartsPlan?]
  private var free: [UInt16]

  /// A table of so many places.
  init(capacity: Int) {
    plans = Array(repeating: nil, count: capacity)
    free = (0..<UInt16(capacity)).reversed()
  }

  /// How many places are free.
  var available: Int { free.count }

  /// Takes a place; nil when all are taken.
  mutating func insert(_ plan: PartsPlan) -> PartsNumber? {
    guard let place = free.popLast() else { return nil }
    plans[Int(place)] = plan
    return PartsNumber(index: place)
  }

  /// The plan at a place that is taken.
  subscript(number: PartsNumber) -> PartsPlan? { plans[Int(number.index)] }

  /// One more part is begun.
  mutating func advance(_ number: PartsNumber) {
    plans[Int(number.index)]?.begun += 1
  }

  /// Gives a place back.
  mutating func remove(_ number: PartsNumber) {
    plans[Int(number.index)] = nil
    free.append(number.index)
  }
}
