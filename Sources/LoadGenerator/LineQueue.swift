/// The connections that can carry another request, the one that has waited longest first.
struct LineQueue {
  private var places: [UInt32]
  private var first = 0
  private(set) var count = 0

  /// A queue for connections with numbers below `capacity`, each of which stands in it once at most.
  init(capacity: Int) {
    places = Array(repeating: 0, count: capacity)
  }

  mutating func append(_ line: Int) {
    places[(first + count) % places.count] = UInt32(line)
    count += 1
  }

  mutating func popFirst() -> Int? {
    guard count > 0 else { return nil }
    let line = Int(places[first])
    first = first + 1 == places.count ? 0 : first + 1
    count -= 1
    return line
  }
}
