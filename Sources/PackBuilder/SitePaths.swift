import Pack

/// The paths of a site: which files each is, where each other leads, and the rules for all that are neither.
struct SitePaths {
  /// The paths that each file is asked for as, in the order of the files. None where a rule leads elsewhere all the same.
  private(set) var paths: [[String]]
  /// Paths that lead elsewhere, in order.
  private var redirects: [PackPlan.Redirect] = []
  /// Those that lead to no file of the site, in order.
  private(set) var others: [PackPlan.Redirect] = []
  /// The rules for paths that are not there, as the pack holds them; empty where there are none.
  private(set) var table: [UInt8] = []
  /// The page for each error that has one, by status.
  private(set) var errorPages: [(status: UInt16, path: String)] = []
  /// Rules that are of no use, one line each.
  private(set) var warnings: [String] = []

  private var before: [Int: [PackPlan.Redirect]] = [:]
  private let rules: ResponseRules
  private let options: BuildOptions
  /// The number of the file behind each path.
  private var owners: [String: Int] = [:]
  /// The path that takes the place of a page's own, by that.
  private var cleaned: [String: String] = [:]
  /// The place of the redirect behind each path.
  private var leads: [String: Int] = [:]

  /// Finds the paths of files, and applies the rules of the site to them.
  init(of files: [SiteFile], _ rules: ResponseRules, _ options: BuildOptions) throws(BuildError) {
    self.rules = rules
    self.options = options
    paths = files.map { $0.name == options.indexName ? [$0.path, $0.directory] : [$0.path] }
    for (number, paths) in paths.enumerated() { paths.forEach { owners[$0] = number } }
    for file in files where file.name == options.indexName && file.directory != "/" {
      lead(String(file.directory.dropLast()), to: file.directory)
    }
    if rules.site.hasCleanPaths { cleanPaths(of: files) }
    try apply(rules.site.redirects)
    let candidates = ErrorPagePaths.candidates(options)
    var found: [String: String] = [:]
    for (number, file) in files.enumerated() where candidates.contains(file.path) {
      found[file.path] = paths[number].first
    }
    errorPages = try ErrorPagePaths(options, among: found).pages
    redirects = redirects.filter { leads[$0.path] != nil }
    for redirect in redirects {
      if let file = redirect.file { before[file, default: []].append(redirect) } else { others.append(redirect) }
    }
    // Of a million paths these take much.
    (owners, cleaned, leads, redirects) = ([:], [:], [:], [])
  }

  /// The redirects that lead to a file, and are best read with it.
  func redirects(to file: Int) -> [PackPlan.Redirect] { before[file] ?? [] }

  /// Whether somebody gets an answer from the site at a path.
  private func exists(_ path: String) -> Bool { owners[path] != nil || leads[path] != nil }

  /// Leads from a path to another of the site, unless there is something.
  private mutating func lead(_ path: String, to target: String) {
    guard !exists(path) else { return }
    leads[path] = redirects.count
    redirects.append(
      PackPlan.Redirect(
        path: path, target: RuleTarget.reference(to: target), status: 301, fields: rules.redirectFields(of: path),
        file: owners[target]))
  }

  /// Pages are asked for without their ending, index pages as their directories, and lead there.
  private mutating func cleanPaths(of files: [SiteFile]) {
    for (number, file) in files.enumerated() where file.path != options.notFoundPath {
      let isIndex = file.name == options.indexName
      let clean = isIndex ? file.directory : String(file.path.dropLast(".html".count))
      guard isIndex || file.path.hasSuffix(".html") && !clean.hasSuffix("/") && !exists(clean) else { continue }
      paths[number] = [clean]
      owners[file.path] = nil
      owners[clean] = number
      cleaned[file.path] = clean
      lead(file.path, to: clean)
    }
  }

  /// Applies the rules in order: the first that fits a path counts.
  private mutating func apply(_ site: [SiteRules.Redirect]) throws(BuildError) {
    var earlier: [SiteRules.Redirect] = []
    var entries: [(status: UInt16, pattern: [UInt8], template: [UInt8])] = []
    for rule in site.map(withCleanTarget) {
      if let path = rule.pattern.path, let first = earlier.first(where: { $0.pattern.matches(path) }) {
        warnings.append(
          "\(rule.origin.file):\(rule.origin.line): never reached, for line \(first.origin.line) fits first")
        continue
      }
      earlier.append(rule)
      if rule.isForced { clear(for: rule) }
      let isDone = try applyAtOnce(rule)
      if !isDone { entries.append((rule.status, rule.pattern.bytes, rule.target.bytes)) }
    }
    guard !entries.isEmpty else { return }
    let fields = rules.redirectFieldsOfAll.flatMap { Array("\($0)\r\n".utf8) }
    table = RuleTable.bytes(entries, fields: fields)
    guard entries.count <= RuleTable.capacity, table.count <= RuleTable.largestByteCount else {
      throw site[0].origin.error("there are too many rules with placeholders or `*`, or too many paths of one file")
    }
  }

  /// A rule that sends the content of a page, by the path that the page is asked for as.
  private func withCleanTarget(_ rule: SiteRules.Redirect) -> SiteRules.Redirect {
    guard !(300...399).contains(rule.status), !rule.target.hasPlaceholders,
      let clean = cleaned[String(decoding: rule.target.bytes, as: UTF8.self)]
    else { return rule }
    var rule = rule
    rule.target.bytes = Array(clean.utf8)
    return rule
  }

  /// Takes away what is at the paths of a rule that counts even there; but not what it leads to.
  private mutating func clear(for rule: SiteRules.Redirect) {
    let target = String(decoding: rule.target.bytes, as: UTF8.self)
    for number in paths.indices {
      for path in paths[number] where rule.pattern.matches(path) && path != target { owners[path] = nil }
      paths[number].removeAll { rule.pattern.matches($0) && $0 != target }
    }
    for path in leads.keys.filter({ rule.pattern.matches($0) && $0 != target }) { leads[path] = nil }
  }

  /// Applies a rule for which nothing has to be looked at when a request comes.
  /// - Returns: false where it belongs into the table.
  private mutating func applyAtOnce(_ rule: SiteRules.Redirect) throws(BuildError) -> Bool {
    let isRedirect = (300...399).contains(rule.status)
    let target = String(decoding: rule.target.bytes, as: UTF8.self)
    if !isRedirect, !rule.target.hasPlaceholders, owners[target] == nil {
      throw rule.origin.error("there is no \(target) in the site")
    }
    guard let path = rule.pattern.path else { return false }
    guard !exists(path) else {
      warnings.append(
        "\(rule.origin.file):\(rule.origin.line): never reached, for the site has \(path)"
          + "; write \(rule.status)! to mean it all the same")
      return true
    }
    if isRedirect {
      leads[path] = redirects.count
      redirects.append(
        PackPlan.Redirect(
          path: path, target: rule.target.bytes, status: rule.status, fields: rules.redirectFields(of: path)))
      return true
    }
    guard rule.status == 200, let number = owners[target], hasRoom(for: path, at: number) else { return false }
    paths[number].append(path)
    owners[path] = number
    return true
  }

  /// Whether a file can have one more path: all its records and heads lie in one block, however many forms it turns out to
  /// have.
  private func hasRoom(for path: String, at number: Int) -> Bool {
    let forms = Set(options.codings).union([.identity]).count
    let records = (paths[number] + [path]).reduce(0) { sum, path in
      sum + Record.byteCount(representations: forms, path: path.utf8.count, target: 0)
    }
    return records + forms * HeadLayout.longest <= BlockGeometry.payloadCount
  }
}
