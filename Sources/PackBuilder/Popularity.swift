/// How often files are asked for, and which pages after which, as an access log tells it.
struct Popularity {
  private var hits: [Int: Int] = [:]
  private var steps: [Int: [Int: Int]] = [:]

  /// Nothing is known.
  init() {}

  /// Requests for a file; 0 where nothing is known.
  func hits(of file: Int) -> Int { hits[file] ?? 0 }

  /// What a file counts beside others: at least 1.
  func weight(of file: Int) -> Int { hits(of: file) + 1 }

  /// The pages that were asked for next after a page, most often first.
  func followers(of page: Int) -> [Int] {
    (steps[page] ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// Notes a request.
  mutating func addHit(of file: Int) { hits[file, default: 0] += 1 }

  /// Notes that a client went from one page to another.
  mutating func addStep(from page: Int, to other: Int) {
    if page != other { steps[page, default: [:]][other, default: 0] += 1 }
  }
}
