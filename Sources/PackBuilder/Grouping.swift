import Pack

/// Which files of a site lie together: each page with what it alone embeds, and what many pages embed in groups of its own.
struct Grouping {
  /// Files that are read together, by their numbers, in the order in which they lie.
  private(set) var groups: [[Int]] = []
  /// Files that are too long for a group: each in a run of its own, read on as it is sent.
  private(set) var long: [Int] = []

  /// Bytes of the largest group: to read more than these at once takes longer than to ask again.
  static let largestGroup: UInt64 = 2 << 20
  /// Bytes of the longest file that lies in a group.
  static let longestMember: UInt64 = 512 << 10
  /// Pages that share something with few others lie together when all they need takes no more than this.
  private static let largestUnion = 2 * UInt64(BlockGeometry.payloadCount)

  private let sizes: [UInt64]
  private let graph: SiteGraph
  private let pages: [Int]
  /// What each page embeds, by its place in the order.
  private let embedded: [[Int]]
  /// The places of the pages that embed a file, by its number.
  private var users: [Int: [Int]] = [:]
  private var isGrouped: [Bool]

  /// Groups the files of a site.
  /// - Parameter sizes: bytes that each file takes in the pack, by its number.
  init(_ graph: SiteGraph, _ popularity: Popularity, sizes: [UInt64]) {
    self.sizes = sizes
    self.graph = graph
    let order = PageOrder(graph, popularity).pages.filter { sizes[$0] <= Grouping.longestMember }
    pages = order
    let isPage = Set(order)
    embedded = order.map { page in
      graph.embedded(by: page).filter { sizes[$0] <= Grouping.longestMember && !isPage.contains($0) }
    }
    for (place, files) in embedded.enumerated() {
      for file in files { users[file, default: []].append(place) }
    }
    isGrouped = Array(repeating: false, count: sizes.count)
    let unions = unions()
    // What every page needs comes first: it is in memory soon, and stays there.
    let total = order.reduce(0) { $0 + popularity.weight(of: $1) }
    let shared = users.keys.filter { isShared($0, unions) }
    func isHot(_ file: Int) -> Bool {
      (users[file] ?? []).reduce(0) { $0 + popularity.weight(of: order[$1]) } * 8 >= total
    }
    addShared(shared.filter(isHot), atMost: Grouping.largestGroup)
    addPages(unions)
    addShared(shared.filter { !isHot($0) }, atMost: UInt64(BlockGeometry.payloadCount))
    for file in sizes.indices where !isGrouped[file] {
      if sizes[file] <= Grouping.longestMember { add([file]) } else { long.append(file) }
    }
  }

  private mutating func add(_ files: [Int]) {
    let rest = files.filter { !isGrouped[$0] }
    for file in rest { isGrouped[file] = true }
    if !rest.isEmpty { groups.append(rest) }
  }

  /// Whether a file belongs to pages of different groups.
  private func isShared(_ file: Int, _ unions: PageUnions) -> Bool {
    Set((users[file] ?? []).map { unions.first(of: $0) }).count > 1
  }

  /// Groups of files that many pages share: what is shared most first, what the same pages share side by side.
  private mutating func addShared(_ files: [Int], atMost limit: UInt64) {
    let sorted = files.sorted { left, right in
      let (first, second) = (users[left] ?? [], users[right] ?? [])
      if limit == Grouping.largestGroup, first.count != second.count { return first.count > second.count }
      return first == second ? left < right : first.lexicographicallyPrecedes(second)
    }
    for part in parts(of: sorted, atMost: limit) { add(part) }
  }

  /// Groups of pages: those of a union, each with what it embeds behind it.
  private mutating func addPages(_ unions: PageUnions) {
    for members in unions.members {
      let files = members.flatMap { place in
        [pages[place]] + embedded[place].filter { !isShared($0, unions) }
      }
      var seen: Set<Int> = []
      for part in parts(of: files.filter { seen.insert($0).inserted }, atMost: Grouping.largestGroup) { add(part) }
    }
  }

  /// Files in order, cut where a part would be too large.
  private func parts(of files: [Int], atMost limit: UInt64) -> [[Int]] {
    var (parts, size): ([[Int]], UInt64) = ([], 0)
    for file in files {
      if parts.isEmpty || size + sizes[file] > limit {
        parts.append([])
        size = 0
      }
      parts[parts.count - 1].append(file)
      size += sizes[file]
    }
    return parts
  }

  /// Puts pages together that share something with few others, or of which one shows the other, while they are small.
  private func unions() -> PageUnions {
    var unions = PageUnions(
      sizes: pages.indices.map { place in
        // What is shared is counted for each page: a little too much rather than too little.
        embedded[place].reduce(sizes[pages[place]]) { $0 + ((users[$1]?.count ?? 0) <= 4 ? sizes[$1] : 0) }
      })
    for file in users.keys.sorted() {
      guard let places = users[file], (2...4).contains(places.count) else { continue }
      unions.join(places, atMost: Grouping.largestUnion)
    }
    return unions
  }
}
