import Pack

/// What goes into a pack, in the order in which it is laid out. Which files lie beside each other is decided here and
/// nowhere else: `PackLayout` gives each its place, `PackWriter` writes it down.
struct PackPlan {
  /// The content of a file in one of its codings.
  struct Body: Equatable {
    /// How it is coded.
    var coding: Representation.Coding
    /// Bytes of it.
    var count: UInt64
    /// The first 128 bits of its SHA-256.
    var digest: ContentHash.Digest
    /// Bytes of its head.
    var headCount = 0
    /// Whether it is that of an item before, and lies there.
    var isShared = false
    /// Where its bytes are found: a coded form in the spool; the identity in the pack before, in bytes from its front, or, at
    /// 0, only in the file.
    var source: Int64 = 0
  }

  /// A file with everything that is said of it.
  struct Entry {
    /// The file.
    var file: SiteFile
    /// The paths it is asked for as.
    var paths: [String] = []
    /// The paths that lead to it.
    var leads: [Redirect] = []
    /// Its media type.
    var type: String
    /// Its content as it is, and then in each coding that pays.
    var bodies: [Body]
  }

  /// A path that leads to another.
  struct Redirect {
    /// The path.
    var path: String
    /// The reference to ask for instead.
    var target: [UInt8]
    /// The status that says so.
    var status: UInt16
    /// Field lines of the response, without their ends.
    var fields: [String]
    /// The number of the file that it leads to, if it is one of the site.
    var file: Int?

    /// The reference and the lines as a record has them.
    var recordTarget: [UInt8] {
      target + (fields.isEmpty ? [] : Array("\r\n\(fields.joined(separator: "\r\n"))\r\n".utf8))
    }
  }

  /// Something with a record.
  enum Item {
    /// A file and its records.
    case file(Entry)
    /// A record that leads elsewhere.
    case redirect(Redirect)
  }

  /// Bytes that an item takes.
  struct Extent {
    /// Of its records and heads, which lie in one block.
    var front: Int
    /// Of its bodies, without those that lie elsewhere.
    var bodies: UInt64
  }

  /// Items that are read together.
  struct Group {
    /// Their numbers.
    var items: Range<Int>
    /// Whether they begin at the front of a block.
    var startsBlock: Bool
    /// Whether bodies run on over the end of a block.
    var isPacked: Bool
  }

  /// Everything in order. What leads to a file stands before it.
  private(set) var items: [Item] = []
  /// The items in groups, in order.
  private(set) var groups: [Group] = []
  /// What is said in the heads.
  let rules: ResponseRules
  /// Tells this content from any other.
  private(set) var identity: UInt64 = 0
  /// Files whose coded forms were taken from the pack before.
  private(set) var reusedCount = 0
  /// Files of which coded forms were looked for.
  private(set) var codedCount = 0
  /// The rules for paths that are not there; empty where there are none.
  let ruleTable: [UInt8]
  /// The page for each error that has one, by status.
  let errorPages: [(status: UInt16, path: String)]
  /// What could be said better, one line each.
  private(set) var warnings: [String] = []

  /// The files in order, with all that is said of them; found among the items, since a second list of them takes as much.
  var entries: some Sequence<Entry> {
    items.lazy.compactMap { item in
      if case .file(let entry) = item { entry } else { nil }
    }
  }

  /// Files there are, and bytes they have.
  var size: (files: Int, bytes: UInt64) {
    entries.reduce((0, 0)) { ($0.0 + 1, $0.1 + $1.file.size) }
  }

  /// Plans the files of a site.
  /// - Parameters:
  ///   - spool: takes what was made of the files.
  ///   - old: the pack before, from which what was made of the same files is taken.
  ///   - ledger: what was known of the files then; nil when all are to be read.
  ///   - progress: told of every piece that is read.
  init(
    of files: [SiteFile], _ rules: ResponseRules, options: BuildOptions, spool: Spool, old: PackFile?,
    ledger: Ledger? = nil, progress: ProgressReport
  ) throws(BuildError) {
    self.rules = rules
    let site = try SitePaths(of: files, rules, options)
    (ruleTable, errorPages) = (site.table, site.errorPages)
    var graph = SiteGraph(of: files, indexName: options.indexName)
    var entries: [Entry] = []
    entries.reserveCapacity(files.count)
    try Survey(of: files, rules: rules, options: options, old: old, ledger: ledger).run(progress: progress) {
      number, findings throws(BuildError) in
      if findings.isReused { reusedCount += 1 }
      if findings.isCoded { codedCount += 1 }
      if let references = findings.references { graph.add(references, of: number) }
      var entry = try PackPlan.entry(of: files[number], findings, rules, spool)
      (entry.paths, entry.leads) = (site.paths[number], site.redirects(to: number))
      entries.append(entry)
    }
    warnings = site.warnings + PackPlan.warnings(about: entries, rules)
    var hash = ContentHash()
    hash.add(Array(options.notFoundPath.utf8))
    hash.add(ruleTable)
    for page in errorPages { hash.add(Array("\(page.status) \(page.path)".utf8)) }
    for number in entries.indices { try composeHeads(of: &entries[number], &hash) }
    let plan = try PackOrder(entries, graph, options)
    for bin in plan.bins {
      hash.add(bin.groups.flatMap { group in group.files.flatMap { $0.description.utf8 + [0x20] } + [0x0A] })
      for (place, group) in bin.groups.enumerated() {
        let start = items.count
        for file in group.files {
          items += plan.entries[file].leads.map { .redirect($0) }
          items.append(.file(plan.entries[file]))
        }
        groups.append(
          Group(items: start..<items.count, startsBlock: place == 0 && bin.startsBlock, isPacked: bin.isPacked))
      }
    }
    for redirect in site.others {
      redirect.add(to: &hash)
      groups.append(Group(items: items.count..<(items.count + 1), startsBlock: false, isPacked: false))
      items.append(.redirect(redirect))
    }
    identity = hash.finish().high
  }

  /// A file and what is said of it.
  private static func entry(
    of file: SiteFile, _ findings: Findings, _ rules: ResponseRules, _ spool: Spool
  ) throws(BuildError) -> Entry {
    var bodies = [Body(coding: .identity, count: file.size, digest: findings.digest, source: findings.oldPosition)]
    for variant in findings.variants {
      let (place, count) = (try spool.append(variant.bytes), UInt64(variant.bytes.count))
      bodies.append(Body(coding: variant.coding, count: count, digest: variant.digest, source: place))
    }
    return Entry(
      file: file, type: rules.mediaTypes.type(ofFileNamed: file.name) ?? MediaTypes.unknown, bodies: bodies)
  }

  /// The head of a file's response with one of its bodies.
  func head(of body: Body, _ entry: Entry) throws(BuildError) -> StoredHead {
    try StoredHead(
      of: entry.file, body: body, isOneOfSeveral: entry.bodies.count > 1, type: entry.type,
      rules.response(of: entry.paths, named: entry.file.name))
  }

  /// Composes the heads of a file once, for their lengths and for the identity of the pack: a hash of all that it is made
  /// from, since heads hold the tags, sizes and times of the files. They are composed again when they are written.
  private func composeHeads(of entry: inout Entry, _ hash: inout ContentHash) throws(BuildError) {
    for path in entry.paths { hash.add(Array(path.utf8)) }
    for redirect in entry.leads { redirect.add(to: &hash) }
    for index in entry.bodies.indices {
      let head = try head(of: entry.bodies[index], entry)
      hash.add(head.bytes)
      entry.bodies[index].headCount = head.bytes.count
    }
  }

  /// Which endings nobody knows the type of.
  private static func warnings(about entries: [Entry], _ rules: ResponseRules) -> [String] {
    var unknown: [String: Int] = [:]
    for entry in entries where rules.mediaTypes.type(ofFileNamed: entry.file.name) == nil {
      unknown[MediaTypes.ending(of: entry.file.name), default: 0] += 1
    }
    return unknown.sorted { $0.key < $1.key }.map(warning)
  }

  private static func warning(_ ending: String, _ count: Int) -> String {
    let files = count == 1 ? "1 file" : "\(count) files"
    guard !ending.isEmpty else { return "\(files) without an ending: sent as \(MediaTypes.unknown)" }
    return "\(files) of unknown type .\(ending): sent as \(MediaTypes.unknown) unless you say   --mime \(ending)=TYPE"
  }
}

extension PackPlan.Entry {
  /// The bodies that lie with it, and their places among all, in the order in which they lie: the file as it is comes last,
  /// so that what is shorter is near the records.
  var ownBodies: [(number: Int, body: PackPlan.Body)] {
    let numbered = bodies.enumerated().map { (number: $0, body: $1) }
    return (numbered.dropFirst() + numbered.prefix(1)).filter { !$0.body.isShared }
  }

  /// Bytes of its records, one for each path.
  var recordLengths: [Int] { paths.map(recordLength) }

  private func recordLength(_ path: String) -> Int {
    Record.byteCount(representations: bodies.count, path: path.utf8.count, target: 0)
  }

  /// What it takes.
  var extent: PackPlan.Extent {
    let records = paths.reduce(0) { $0 + recordLength($1) }
    return PackPlan.Extent(
      front: bodies.reduce(records) { $0 + $1.headCount },
      bodies: bodies.reduce(0) { $0 + ($1.isShared ? 0 : $1.count) })
  }
}

extension PackPlan.Redirect {
  /// Adds it to the hash of everything that a pack is made from.
  fileprivate func add(to hash: inout ContentHash) {
    hash.add(Array(path.utf8))
    hash.add(recordTarget + [UInt8(truncatingIfNeeded: status)])
  }

  /// What it takes.
  var extent: PackPlan.Extent {
    let front = Record.byteCount(representations: 0, path: path.utf8.count, target: recordTarget.count)
    return PackPlan.Extent(front: front, bodies: 0)
  }
}
