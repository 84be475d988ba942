import Pack
import SystemPackage
import Wire

/// What goes into a pack, in the order in which it is laid out. How files are ordered and what is written is decided here;
/// `PackWriter` only writes it down.
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

  /// The files in order.
  var entries: [Entry] = []
  /// The directories that are asked for without their slash.
  var redirects: [Redirect] = []
  /// Tells this content from any other.
  var identity: UInt64 = 0

  /// Plans the files of a site.
  /// - Parameter progress: told of every file that is read.
  init(
    of files: [SiteFile], options: BuildOptions, progress: (BuildProgress) -> Void
  ) throws(BuildError) {
    var reader = FileReader()
    var state = BuildProgress(phase: .reading, fileCount: files.count, byteCount: files.reduce(0) { $0 + $1.size })
    var identity = ContentHash()
    for file in files {
      let digest = try PackPlan.digest(of: file, &reader)
      let tag = "\"\(PackPlan.hexadecimal(digest.high))\(PackPlan.hexadecimal(digest.low))\""
      let head = try StoredHead(of: file, tag: tag, options: options)
      let isIndex = file.name == options.indexName
      entries.append(
        Entry(file: file, paths: isIndex ? [file.path, file.directory] : [file.path], digest: digest, head: head))
      if isIndex, file.directory != "/" {
        redirects.append(Redirect(path: String(file.directory.dropLast()), target: file.directory))
      }
      identity.add(Array(file.path.utf8))
      identity.add(head.bytes)
      state.advance(by: file.size)
      progress(state)
    }
    self.identity = identity.finish().high
  }

  private static func digest(of file: SiteFile, _ reader: inout FileReader) throws(BuildError) -> ContentHash.Digest {
    var hash = ContentHash()
    try reader.read(file) { bytes in hash.update(bytes) }
    return hash.finish()
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension ContentHash {
  /// Adds bytes and their number, so that no two lists of parts hash alike.
  mutating func add(_ bytes: [UInt8]) {
    let count = Array("\(bytes.count):".utf8)
    update(count.bytes)
    update(bytes.bytes)
  }
}
