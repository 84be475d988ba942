import Pack

/// A directory as it was found: its files and its rules, before any file is read.
struct FoundSite {
  /// The directory, without a slash at its end.
  let root: String
  /// What a person has said, and what the site says of itself.
  let options: BuildOptions
  /// What is said in the heads.
  let rules: ResponseRules
  /// The files, with those that are made of them.
  let files: [SiteFile]
  /// What was left out, one line each.
  let warnings: [String]
  /// Everything that a pack of it is made from, hashed; nil where a file was changed too recently to tell, or the log.
  let key: ContentHash.Digest?

  /// Finds the files of a directory. What is wrong with the options, or with the rules of the site, is said before
  /// anything else is looked at.
  /// - Parameter target: the pack, which may lie in the directory, and is left out with what lies beside it.
  init(_ directory: String, for target: PackTarget?, _ options: BuildOptions) throws(BuildError) {
    root = directory.count > 1 && directory.hasSuffix("/") ? String(directory.dropLast()) : directory
    let said = options
    var options = options
    let site = try SiteRules(of: root, &options)
    self.options = options
    rules = try ResponseRules(options, site)
    let marks = options.keepsLedger ? (options.time ?? FileSystem.time) - Ledger.recent : nil
    let scanner = try SiteScanner(root: root, options: options, own: target?.own ?? [], settledBefore: marks)
    let made = site.listsDirectories ? DirectoryListing.pages(of: scanner.files, indexName: options.indexName) : []
    files = scanner.files + made
    warnings = scanner.warnings
    key = try FoundSite.key(of: scanner.files, root, said, settledBefore: marks)
  }

  /// The hash of all that a pack is made from, and of what makes it.
  private static func key(
    of files: [SiteFile], _ root: String, _ options: BuildOptions, settledBefore settled: Int64?
  ) throws(BuildError) -> ContentHash.Digest? {
    guard let settled,
      let program = try? FileSystem.status(of: "/proc/self/exe", followsLinks: true).mark(settledBefore: .max)
    else { return nil }
    var hash = ContentHash()
    hash.update(words: [program.high, program.low])
    var options = options
    // These say how it is made, not what.
    (options.jobs, options.reuses, options.trustsTimes, options.time) = (nil, true, true, nil)
    // A dictionary has another order each time.
    for page in options.errorPages.sorted(by: { $0.key < $1.key }) {
      hash.add(Array("\(page.key) \(page.value)".utf8))
    }
    options.errorPages = [:]
    hash.add(Array("\(options)".utf8))
    for name in SiteRules.fileNames.sorted() {
      let text = try RuleText(file: root + name)
      hash.add(Array((text?.text ?? "").utf8))
    }
    if let log = options.accessLog {
      // A server may be writing it, and a pipe can be read only once.
      let status = try FileSystem.status(of: log, followsLinks: true)
      guard status.kind == .file, let mark = status.mark(settledBefore: settled) else { return nil }
      hash.update(words: [mark.high, mark.low])
    }
    var bytes: [UInt8] = []
    for file in files {
      guard let mark = file.mark else { return nil }
      bytes.append(contentsOf: file.path.utf8)
      bytes.append(0)
      bytes.appendLittleEndian(mark)
      if bytes.count >= 1 << 16 {
        hash.update(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    hash.update(bytes)
    return hash.finish()
  }
}
