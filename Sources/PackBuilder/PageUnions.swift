/// Pages that lie together, by their places in an order.
struct PageUnions {
  private var parents: [Int]
  private var sizes: [UInt64]

  /// Each page by itself.
  /// - Parameter sizes: bytes of each page and what it needs.
  init(sizes: [UInt64]) {
    self.sizes = sizes
    parents = Array(sizes.indices)
  }

  /// The first page of those that a page lies together with.
  func first(of page: Int) -> Int {
    var page = page
    while parents[page] != page { page = parents[page] }
    return page
  }

  /// Puts pages together, unless they are too large for it.
  mutating func join(_ pages: [Int], atMost limit: UInt64) {
    let firsts = Set(pages.map { first(of: $0) }).sorted()
    let size = firsts.reduce(0) { $0 + sizes[$1] }
    guard firsts.count > 1, size <= limit else { return }
    for first in firsts { parents[first] = firsts[0] }
    sizes[firsts[0]] = size
  }

  /// The pages of each union in order, in the order of their first pages.
  var members: [[Int]] {
    var members: [[Int]] = Array(repeating: [], count: parents.count)
    for page in parents.indices { members[first(of: page)].append(page) }
    return members.filter { !$0.isEmpty }
  }
}
