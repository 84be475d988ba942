import HTTP
import Pack

/// Which page of a site is sent with which error.
struct ErrorPagePaths {
  /// The errors that a page can be for: all that a server finds by itself and knows the site of.
  static let statuses = Status.allCases.map(\.rawValue).filter { status in
    ErrorPages.statuses.contains(status) && !beyond.contains(status)
  }
  /// The same, for people.
  static let list = statuses.map(String.init).joined(separator: ", ")

  /// What only a rule of the site answers with, and what is said of a host that has no site.
  private static let beyond: Set<UInt16> = [403, 410, 421, 451, 503]

  /// The path of the page for each status that has one, in the order of the statuses.
  private(set) var pages: [(status: UInt16, path: String)] = []

  /// Finds the pages: those that were named, and else `/404.html`, `/40x.html` or `/4xx.html`, the first that is there.
  /// - Parameter paths: what files are asked for as, of those in `candidates` that are there.
  /// - Throws: `noErrorPage`, where a page that was named is not there.
  init(_ options: BuildOptions, among paths: [String: String]) throws(BuildError) {
    let notFound = options.notFoundPath
    guard paths[notFound] != nil || notFound == BuildOptions().notFoundPath else {
      throw .noErrorPage(Status.notFound.rawValue, notFound)
    }
    for status in ErrorPagePaths.statuses {
      if let named = options.errorPages[status] {
        guard let path = paths[named] else { throw .noErrorPage(status, named) }
        pages.append((status, path))
      } else if status != Status.notFound.rawValue || paths[options.notFoundPath] == nil {
        guard let path = ErrorPagePaths.usual(for: status).lazy.compactMap({ paths[$0] }).first else { continue }
        pages.append((status, path))
      }
    }
  }

  /// The files that may be pages for errors.
  static func candidates(_ options: BuildOptions) -> Set<String> {
    Set(statuses.flatMap(usual) + options.errorPages.values + [options.notFoundPath])
  }

  /// What pages for a status are usually called.
  private static func usual(for status: UInt16) -> [String] {
    ["/\(status).html", "/\(status / 10)x.html", "/\(status / 100)xx.html"]
  }
}
