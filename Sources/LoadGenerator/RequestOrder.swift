/// Which request comes next.
package enum RequestOrder: Sendable {
  /// Drawn by popularity, by a seed.
  case drawn(WeightedDraw, RandomSequence)
  /// As recorded, over and over; the list is not empty.
  case recorded([UInt32], next: Int)

  /// The number of the next request.
  package mutating func next() -> Int {
    switch self {
    case .drawn(let draw, var random):
      let number = draw.next(from: &random)
      self = .drawn(draw, random)
      return number
    case .recorded(let list, let place):
      self = .recorded(list, next: place + 1 < list.count ? place + 1 : 0)
      return Int(list[place])
    }
  }
}
