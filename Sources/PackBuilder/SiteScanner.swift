/// Finds what of a directory is to be packed.
struct SiteScanner {
  private let options: BuildOptions
  private let root: String
  private let realRoot: String

  /// What was found, directory by directory.
  private(set) var files: [SiteFile] = []
  /// What was left out, and why, one line each.
  private(set) var warnings: [String] = []

  /// Bytes of the longest path.
  static let longestPath = 2_048

  /// Walks through a directory.
  init(root: String, options: BuildOptions) throws(BuildError) {
    self.options = options
    self.root = root
    guard let realRoot = FileSystem.realPath(of: root) else { throw .noDirectory(root) }
    self.realRoot = realRoot
    guard try FileSystem.status(of: root, followsLinks: true).kind == .directory else { throw .notADirectory(root) }
    try walk("/")
    guard !files.isEmpty else { throw .empty(root) }
  }

  /// Takes the files of a directory, its index page first, then its directories.
  private mutating func walk(_ directory: String) throws(BuildError) {
    var directories: [String] = []
    var found: [SiteFile] = []
    for name in try FileSystem.names(in: root + directory) {
      let path = directory + name
      guard !isLeftOut(path, name: name), let status = try status(of: path) else { continue }
      switch status.kind {
      case .directory: directories.append(path + "/")
      case .file:
        guard path.utf8.count <= SiteScanner.longestPath else { throw .pathTooLong(path) }
        let modified = options.tellsLastModified && status.modified > SiteScanner.earliest ? status.modified : nil
        found.append(SiteFile(source: root + path, path: path, size: status.size, modified: modified))
      case .link, .other: warnings.append("\(path): neither a file nor a directory, left out")
      }
    }
    files += found.filter { $0.name == options.indexName } + found.filter { $0.name != options.indexName }
    for path in directories { try walk(path) }
  }

  /// What a path stands for; nil for a link that leads out of the site, or nowhere.
  private mutating func status(of path: String) throws(BuildError) -> FileSystem.Status? {
    let status = try FileSystem.status(of: root + path, followsLinks: false)
    guard status.kind == .link else { return status }
    guard let target = FileSystem.realPath(of: root + path) else {
      warnings.append("\(path): a link that leads nowhere, left out")
      return nil
    }
    guard target.hasPrefix(realRoot + "/") else {
      warnings.append("\(path): a link that leads out of the site, left out")
      return nil
    }
    // A link to a directory above itself would never end.
    let resolved = try FileSystem.status(of: target, followsLinks: false)
    if resolved.kind == .directory {
      warnings.append("\(path): a link to a directory, left out")
      return nil
    }
    return resolved
  }

  private func isLeftOut(_ path: String, name: String) -> Bool {
    if name.hasPrefix("."), !options.includesDotfiles, name != ".well-known" { return true }
    return options.excluded.contains { FileSystem.matches(path, pattern: $0) || FileSystem.matches(name, pattern: $0) }
  }

  /// Builds that are to be reproducible set all times to 1970 or 1980: that tells nothing of a file.
  private static let earliest: Int64 = 315_619_200
}
