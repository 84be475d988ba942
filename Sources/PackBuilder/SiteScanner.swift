/// Finds what of a directory is to be packed.
struct SiteScanner {
  private let options: BuildOptions
  private let excluded: [PathPattern]
  private let own: [FileSystem.Identity]
  private let settled: Int64?
  private let root: String
  private let realRoot: String
  /// Whether there are links to something that a copy of the site would have.
  private var hasLeftOut = false

  /// What was found, directory by directory.
  private(set) var files: [SiteFile] = []
  /// What was left out, and why, one line each.
  private(set) var warnings: [String] = []

  /// Bytes of the longest path.
  static let longestPath = 2_048

  /// Builds that are to be reproducible set all times to the first seconds of 1970, or of 1980 in some time zone: that tells
  /// nothing of a file. Nor does a time that HTTP cannot spell.
  private static let tellingTimes: ClosedRange<Int64> = 315_619_200...253_402_300_799

  /// Walks through a directory.
  /// - Parameters:
  ///   - own: the pack itself and what lies beside it, which may be in the directory and are left out.
  ///   - settled: before which time, in nanoseconds since 1970, a file must have been changed last to have a mark; nil
  ///     where nobody asks for marks.
  init(
    root: String, options: BuildOptions, own: [FileSystem.Identity] = [], settledBefore settled: Int64? = nil
  ) throws(BuildError) {
    self.options = options
    self.own = own
    self.settled = settled
    excluded = options.excluded.map { PathPattern($0) }
    guard let realRoot = FileSystem.realPath(of: root) else { throw .noDirectory(root) }
    self.root = root == "/" ? "" : root
    self.realRoot = realRoot == "/" ? "" : realRoot
    guard try FileSystem.status(of: root, followsLinks: true).kind == .directory else { throw .notADirectory(root) }
    try walk("/")
    if hasLeftOut { warnings.append("what links lead to is in a copy of the site:   cp -rL \(root) COPY") }
    guard !files.isEmpty else { throw .empty(root) }
  }

  /// Takes the files of a directory, its index page first, then its directories.
  private mutating func walk(_ directory: String) throws(BuildError) {
    var directories: [String] = []
    var found: [SiteFile] = []
    for name in try FileSystem.names(in: root + directory) {
      guard let name else {
        warnings.append("\(directory): a name that is not UTF-8, left out")
        continue
      }
      let path = directory + name
      guard !isLeftOut(path, name: name), let status = try status(of: path) else { continue }
      switch status.kind {
      case .directory: directories.append(path + "/")
      case .file where own.contains(status.identity): continue
      case .file: found.append(try file(path, status))
      case .link, .blockDevice, .other: warnings.append("\(path): neither a file nor a directory, left out")
      }
    }
    files += found.filter { $0.name == options.indexName } + found.filter { $0.name != options.indexName }
    for path in directories { try walk(path) }
  }

  private func file(_ path: String, _ status: FileSystem.Status) throws(BuildError) -> SiteFile {
    guard path.utf8.count <= SiteScanner.longestPath else { throw .pathTooLong(path) }
    let isTold = options.tellsLastModified && SiteScanner.tellingTimes.contains(status.modified)
    return SiteFile(
      root: root, path: path, size: status.size, modified: isTold ? status.modified : nil,
      mark: settled.flatMap { status.mark(settledBefore: $0) })
  }

  /// What a path stands for; nil for a link that leads out of the site, to a directory, or nowhere.
  private mutating func status(of path: String) throws(BuildError) -> FileSystem.Status? {
    let status = try FileSystem.status(of: root + path, followsLinks: false)
    guard status.kind == .link else { return status }
    guard let target = FileSystem.realPath(of: root + path) else {
      warnings.append("\(path): a link that leads nowhere, left out")
      return nil
    }
    guard target == realRoot || target.hasPrefix(realRoot + "/") else {
      warnings.append("\(path): a link that leads out of the site, left out")
      hasLeftOut = true
      return nil
    }
    let resolved = try FileSystem.status(of: target, followsLinks: false)
    // A link to a directory above itself would never end.
    guard resolved.kind != .directory else {
      warnings.append("\(path): a link to a directory, left out")
      hasLeftOut = true
      return nil
    }
    return resolved
  }

  private func isLeftOut(_ path: String, name: String) -> Bool {
    if SiteRules.fileNames.contains(path) { return true }
    if name.hasPrefix("."), !options.includesDotfiles, name != ".well-known" { return true }
    return excluded.matches(path)
  }
}
