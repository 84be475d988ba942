/// The order of a site's pages: each near those that it leads to.
struct PageOrder {
  /// The pages in order.
  private(set) var pages: [Int] = []

  private let graph: SiteGraph
  private let popularity: Popularity
  private let isPage: Set<Int>
  private var isPlaced: Set<Int> = []

  /// Orders the pages of a site. With an access log those that are asked for most come first, each before those that were
  /// asked for next; then the others follow the links, from the first page of each directory on.
  init(_ graph: SiteGraph, _ popularity: Popularity) {
    self.graph = graph
    self.popularity = popularity
    isPage = Set(graph.pages)
    let popular = graph.pages.filter { popularity.hits(of: $0) > 0 }
      .sorted { (popularity.hits(of: $1), $0) < (popularity.hits(of: $0), $1) }
    for page in popular { walk(from: page) { popularity.hits(of: $0) > 0 } }
    for page in graph.pages { walk(from: page) { _ in true } }
  }

  /// Takes a page and, one behind the other as deep as they go, those that follow it.
  private mutating func walk(from page: Int, _ isWanted: (Int) -> Bool) {
    var next = [page]
    while let page = next.popLast() {
      guard isPlaced.insert(page).inserted else { continue }
      pages.append(page)
      let followers = popularity.followers(of: page) + graph.neighbours(of: page)
      next += followers.filter { isPage.contains($0) && !isPlaced.contains($0) && isWanted($0) }.reversed()
    }
  }
}
