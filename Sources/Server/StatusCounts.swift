package import HTTP

/// How many answers had each status.
package struct StatusCounts: Sendable {
  private static let first = 200
  private static let count = 310
  private var counts = InlineArray<310, UInt64>(repeating: 0)

  /// None.
  package init() {}

  /// Answers with a status.
  package subscript(status: Status) -> UInt64 { counts[Int(status.rawValue) - StatusCounts.first] }

  /// Counts an answer.
  mutating func add(_ status: Status) {
    counts[Int(status.rawValue) - StatusCounts.first] += 1
  }

  /// Adds those of another server.
  package mutating func add(_ other: StatusCounts) {
    for place in 0..<StatusCounts.count { counts[place] += other.counts[place] }
  }
}
