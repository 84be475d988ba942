import Markup

/// Which files of a site refer to which, by their numbers.
struct SiteGraph {
  /// A file that another embeds.
  private struct Edge {
    var file: Int
    var role: Reference.Role
  }

  /// The pages, in the order in which they were found.
  private(set) var pages: [Int] = []

  private let files: [SiteFile]
  private let indexName: String
  private var numbers: [String: Int] = [:]
  private var edges: [Int: [Edge]] = [:]
  private var neighbours: [Int: [Int]] = [:]

  /// A graph of files that refer to nothing yet.
  init(of files: [SiteFile], indexName: String) {
    self.files = files
    self.indexName = indexName
  }

  /// Takes what a file refers to. What is not of the site is nothing.
  mutating func add(_ references: PageReferences, of file: Int) {
    if numbers.isEmpty {
      numbers = Dictionary(uniqueKeysWithValues: files.enumerated().map { ($1.path, $0) })
    }
    if references.isPage { pages.append(file) }
    for target in references.targets {
      guard let number = number(of: target.path), number != file else { continue }
      switch target.role {
      case .link, .frame: neighbours[file, default: []].append(number)
      default: edges[file, default: []].append(Edge(file: number, role: target.role))
      }
    }
  }

  /// The file that a path stands for; a directory's index page stands for the directory.
  func number(of path: String) -> Int? {
    if let number = numbers[path] { return number }
    return path.hasSuffix("/") ? numbers[path + indexName] : numbers["\(path)/\(indexName)"] ?? numbers[path + ".html"]
  }

  /// The pages that a page shows inside itself or links to, in order.
  func neighbours(of page: Int) -> [Int] { neighbours[page] ?? [] }

  /// What a client fetches with a page, what is needed first in front: what the page embeds, and what that embeds.
  func embedded(by page: Int) -> [Int] {
    var (found, seen): ([Edge], Set<Int>) = ([], [page])
    var next = [page]
    while let file = next.popLast() {
      for edge in edges[file] ?? [] where seen.insert(edge.file).inserted {
        found.append(edge)
        if edge.role == .style { next.append(edge.file) }
      }
    }
    return found.enumerated().sorted { ($0.element.role, $0.offset) < ($1.element.role, $1.offset) }.map(\.element.file)
  }
}
