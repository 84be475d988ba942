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
    /// Where it begins in the spool; of no meaning for the identity, which is the file.
    var spooled: Int64 = 0
  }

  /// A file with everything that is said of it.
  struct Entry {
    /// The file.
    var file: SiteFile
    /// The paths it is asked for as: its own, and its directory's for an index page.
    var paths: [String]
    /// Its media type.
    var type: String
    /// Its content as it is, and then in each coding that pays.
    var bodies: [Body]
  }

  /// A path that leads to another.
  struct Redirect {
    /// The path.
    var path: String
    /// The path to ask for instead.
    var target: String
  }

  /// Something with a record.
  enum Item {
    /// A file and its records.
    case file(Entry)
    /// A record that leads elsewhere.
    case redirect(Redirect)
  }

  /// Everything in order. A directory's redirect stands before its index page.
  private(set) var items: [Item] = []
  /// What is said in the heads.
  let rules: ResponseRules
  /// Tells this content from any other.
  private(set) var identity: UInt64 = 0
  /// What could be said better, one line each.
  private(set) var warnings: [String] = []

  /// The files in order.
  var files: [SiteFile] { entries.map(\.file) }

  /// The files in order, with all that is said of them.
  var entries: [Entry] {
    items.compactMap { item in
      if case .file(let entry) = item { entry } else { nil }
    }
  }

  /// Plans the files of a site, in the order in which they were found.
  /// - Parameters:
  ///   - spool: takes what was made of the files.
  ///   - progress: told of every piece that is read.
  init(
    of files: [SiteFile], options: BuildOptions, spool: Spool, progress: ProgressReport
  ) throws(BuildError) {
    rules = try ResponseRules(options)
    let survey = Survey(of: files, rules: rules, options: options)
    var unknown: [String: Int] = [:]
    try survey.run(progress: progress) { number, findings throws(BuildError) in
      let file = files[number]
      let type = rules.mediaTypes.type(ofFileNamed: file.name)
      if type == nil { unknown[MediaTypes.ending(of: file.name), default: 0] += 1 }
      var bodies = [Body(coding: .identity, count: file.size, digest: findings.digest)]
      for variant in findings.variants {
        let place = try spool.append(variant.bytes)
        bodies.append(
          Body(
            coding: variant.coding, count: UInt64(variant.bytes.count), digest: variant.digest, spooled: place))
      }
      add(Entry(file: file, paths: [file.path], type: type ?? MediaTypes.unknown, bodies: bodies), options)
    }
    try composeHeads(options)
    warnings = unknown.sorted { $0.key < $1.key }.map(PackPlan.warning)
  }

  /// The head of a file's response with one of its bodies.
  func head(of body: Body, _ entry: Entry) throws(BuildError) -> StoredHead {
    try StoredHead(
      of: entry.file, body: body, isOneOfSeveral: entry.bodies.count > 1, type: entry.type, rules: rules)
  }

  /// Adds a file. An index page is also its directory's, and the directory without its slash leads there.
  private mutating func add(_ entry: Entry, _ options: BuildOptions) {
    var entry = entry
    if entry.file.name == options.indexName {
      let directory = entry.file.directory
      entry.paths.append(directory)
      if directory != "/" {
        items.append(.redirect(Redirect(path: String(directory.dropLast()), target: directory)))
      }
    }
    items.append(.file(entry))
  }

  /// Composes all heads once, for their lengths and for the identity of the pack: a hash of all that it is made from, since
  /// heads hold the tags, sizes and times of the files. They are composed again when they are written.
  private mutating func composeHeads(_ options: BuildOptions) throws(BuildError) {
    var hash = ContentHash()
    hash.add(Array(options.notFoundPath.utf8))
    for number in items.indices {
      switch items[number] {
      case .file(var entry):
        for path in entry.paths { hash.add(Array(path.utf8)) }
        for index in entry.bodies.indices {
          let head = try head(of: entry.bodies[index], entry)
          hash.add(head.bytes)
          entry.bodies[index].headCount = head.bytes.count
        }
        items[number] = .file(entry)
      case .redirect(let redirect):
        hash.add(Array(redirect.path.utf8))
        hash.add(Array(redirect.target.utf8))
      }
    }
    identity = hash.finish().high
  }

  private static func warning(_ ending: String, _ count: Int) -> String {
    let files = count == 1 ? "1 file" : "\(count) files"
    guard !ending.isEmpty else { return "\(files) without an ending: sent as \(MediaTypes.unknown)" }
    return "\(files) of unknown type .\(ending): sent as \(MediaTypes.unknown) unless you say   --mime \(ending)=TYPE"
  }
}
