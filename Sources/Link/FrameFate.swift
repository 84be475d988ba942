import Time

/// What is to happen to one frame.
struct FrameFate: Equatable {
  /// It vanishes, whatever else was drawn.
  let isDropped: Bool
  /// It comes twice.
  let isDuplicated: Bool
  /// How many frames overtake it, 0 to 3.
  let overtakenBy: Int
  /// A number that picks the bit to turn over; nil leaves the frame whole.
  let corruption: UInt64?
  /// How much later it comes; nil is at once.
  let delay: Interval?

  /// Draws a fate. Every frame takes the same count of numbers, so that one rate does not change what the others hit.
  init(_ faults: Faults, drawnFrom generator: inout FaultGenerator) {
    isDropped = generator.happens(faults.dropped)
    isDuplicated = generator.happens(faults.duplicated)
    let isReordered = generator.happens(faults.reordered)
    let isCorrupted = generator.happens(faults.corrupted)
    let isDelayed = generator.happens(faults.delayed)
    let overtakers = 1 + Int(generator.next(below: 3))
    let place = generator.next()
    let range = (faults.longestDelay - faults.shortestDelay).nanoseconds
    let extra = Interval(nanoseconds: generator.next(below: range == .max ? range : range + 1))
    overtakenBy = isReordered ? overtakers : 0
    corruption = isCorrupted ? place : nil
    delay = isDelayed ? faults.shortestDelay + extra : nil
  }

  /// Whether the frame goes on as it is and at once, at least the first time.
  var isPlain: Bool { overtakenBy == 0 && corruption == nil && delay == nil }
}
