/// What a directory holds, as a pack of it would: the content at each path, that of lists which are made of directories
/// included. Options that were given when a pack was made, and stand in no file of the site, are not known here.
package struct SiteContent: Sendable {
  private let root: String
  private let files: [SiteFile]
  private let paths: [[String]]
  /// The number of the file at each path.
  private var numbers: [String: Int] = [:]

  /// Finds the files of a directory and the paths that they are asked for as.
  /// - Parameter options: what is known of those that the pack was made with.
  package init(of directory: String, options: BuildOptions) throws(BuildError) {
    let found = try FoundSite(directory, for: nil, options)
    (root, files) = (found.root, found.files)
    paths = try SitePaths(of: files, found.rules, found.options).paths
    for (number, paths) in paths.enumerated() { paths.forEach { numbers[$0] = number } }
  }

  /// The hash of the content at a path; nil where there is none.
  package func digest(of path: String) throws(BuildError) -> ContentHash.Digest? {
    if let number = numbers[path] {
      guard let content = files[number].content else { return try ContentHash.digest(ofFile: files[number].source) }
      var hash = ContentHash()
      hash.update(content)
      return hash.finish()
    }
    // The pack may have been made with options that leave less out.
    let file = root + path
    guard (try? FileSystem.status(of: file, followsLinks: true))?.kind == .file else { return nil }
    return try ContentHash.digest(ofFile: file)
  }

  /// The files that a pack with these paths does not have.
  package func files(beside known: Set<String>) -> [String] {
    zip(files, paths).filter { !$1.isEmpty && $1.allSatisfy { !known.contains($0) } }.map(\.0.path)
  }
}
