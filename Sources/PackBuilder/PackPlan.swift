import Pack
import SystemPackage
import Wire

/// What goes into a pack, in the order in which it is laid out. Which files lie beside each other is decided here and
/// nowhere else: `PackLayout` gives each its place, `PackWriter` writes it down.
struct PackPlan {
  /// A file with everything that is said of it.
  struct Entry {
    /// The file.
    var file: SiteFile
    /// The paths it is asked for as: its own, and its directory's for an index page.
    var paths: [String]
    /// The first 128 bits of its SHA-256.
    var digest: ContentHash.Digest
    /// The head of its response.
    var head: StoredHead
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
  /// Tells this content from any other.
  private(set) var identity: UInt64 = 0
  /// What could be said better, one line each.
  private(set) var warnings: [String] = []

  /// The files in order.
  var files: [SiteFile] {
    items.compactMap { item in
      if case .file(let entry) = item { entry.file } else { nil }
    }
  }

  /// Plans the files of a site, in the order in which they were found.
  /// - Parameter progress: told of every piece that is read.
  init(of files: [SiteFile], options: BuildOptions, progress: ProgressReport) throws(BuildError) {
    let rules = try ResponseRules(options)
    var reader = FileReader()
    var state = BuildProgress(phase: .reading, files: files)
    var unknown: [String: Int] = [:]
    for file in files {
      let digest = try PackPlan.digest(of: file, &reader, &state, progress)
      let type = rules.mediaTypes.type(ofFileNamed: file.name)
      if type == nil { unknown[MediaTypes.ending(of: file.name), default: 0] += 1 }
      let head = try StoredHead(of: file, digest: digest, type: type ?? MediaTypes.unknown, rules: rules)
      add(Entry(file: file, paths: [file.path], digest: digest, head: head), options)
    }
    identity = PackPlan.identity(of: items, options)
    warnings = unknown.sorted { $0.key < $1.key }.map(PackPlan.warning)
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

  private static func digest(
    of file: SiteFile, _ reader: inout FileReader, _ state: inout BuildProgress, _ progress: ProgressReport
  ) throws(BuildError) -> ContentHash.Digest {
    var hash = ContentHash()
    try reader.read(file) { bytes throws(BuildError) in
      hash.update(bytes)
      state.advance(by: bytes.byteCount)
      try progress(state)
    }
    state.finishFile()
    try progress(state)
    return hash.finish()
  }

  /// A hash of all that a pack is made from: heads hold the tags, sizes and times of the files.
  private static func identity(of items: [Item], _ options: BuildOptions) -> UInt64 {
    var hash = ContentHash()
    hash.add(Array(options.notFoundPath.utf8))
    for item in items {
      switch item {
      case .file(let entry):
        for path in entry.paths { hash.add(Array(path.utf8)) }
        hash.add(entry.head.bytes)
      case .redirect(let redirect):
        hash.add(Array(redirect.path.utf8))
        hash.add(Array(redirect.target.utf8))
      }
    }
    return hash.finish().high
  }

  private static func warning(_ ending: String, _ count: Int) -> String {
    let files = count == 1 ? "1 file" : "\(count) files"
    guard !ending.isEmpty else { return "\(files) without an ending: sent as \(MediaTypes.unknown)" }
    return "\(files) of unknown type .\(ending): sent as \(MediaTypes.unknown) unless you say   --mime \(ending)=TYPE"
  }
}
