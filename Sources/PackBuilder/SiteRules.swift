/// What a site says of itself in `cheetah.toml`, `_headers` and `_redirects` beside its content.
struct SiteRules: Equatable, Sendable {
  /// Fields for the paths that fit a pattern.
  struct HeaderRule: Equatable, Sendable {
    /// The paths.
    var pattern: RulePattern
    /// Names and values, in order.
    var fields: [Field]
    /// Names, in small letters, that rules before have set and that go away again.
    var removed: [String] = []
  }

  /// A field of a response.
  struct Field: Equatable, Sendable {
    /// Its name.
    var name: String
    /// Its value.
    var value: String
  }

  /// Another answer for the paths that fit a pattern.
  struct Redirect: Equatable, Sendable {
    /// The paths.
    var pattern: RulePattern
    /// The place, with the names of placeholders in it.
    var target: RuleTarget
    /// 200, 403, 404, 410 or 451 for the content of another path, 301, 302, 303, 307 or 308 for a redirect.
    var status: UInt16
    /// Whether it counts even where there is a file.
    var isForced: Bool
    /// Where it is written.
    var origin: RuleOrigin
  }

  /// In the order in which they are written; of the same name the last counts.
  var headers: [HeaderRule] = []
  /// In the order in which they are written; the first that fits counts.
  var redirects: [Redirect] = []
  /// Whether `page.html` is asked for as `page`.
  var hasCleanPaths = false
  /// Whether directories without an index page get a list of what is in them.
  var listsDirectories = false
  /// Whether files whose names hold a hash of their content may be cached for ever.
  var findsFingerprints = true
  /// What is said of the charset of text; nil for nothing.
  var charset: String? = "utf-8"

  /// The names of the files that rules are read from; they are not packed.
  static let fileNames: Set<String> = ["/cheetah.toml", "/_headers", "/_redirects"]

  /// Reads the rules of a site: `cheetah.toml` first, whose rules count as if they were written last.
  /// - Parameters:
  ///   - root: the directory.
  ///   - options: gets what `cheetah.toml` says that options can say, too.
  init(of root: String, _ options: inout BuildOptions) throws(BuildError) {
    if let text = try RuleText(file: root + "/_headers") { headers = try SiteRules.headers(text) }
    if let text = try RuleText(file: root + "/_redirects") { redirects = try SiteRules.redirects(text) }
    if let text = try RuleText(file: root + "/cheetah.toml") { try SiteTable(text).apply(to: &self, &options) }
    (hasCleanPaths, listsDirectories) = (options.hasCleanPaths, options.listsDirectories)
    if let fallback = options.fallbackPath {
      let origin = RuleOrigin(file: "--fallback", line: 0)
      redirects.append(
        try SiteRules.redirect(from: "/*", to: fallback, status: "200", isForced: false, at: origin))
    }
  }

  /// No rules.
  init() {}
}

/// Where a rule is written.
struct RuleOrigin: Equatable, Sendable {
  /// The file.
  var file: String
  /// The line, from 1; 0 for an option of the command line.
  var line: Int

  /// Says what is wrong there.
  func error(_ message: String) -> BuildError { .badRule(file, line: line, message) }
}

/// The lines of a file of rules.
struct RuleText {
  /// The file.
  let file: String
  /// Everything in it.
  let text: String

  /// Bytes of the longest file of rules.
  private static let longest: UInt64 = 1 << 20

  /// Reads a file; nil where there is none.
  init?(file: String) throws(BuildError) {
    guard let status = try? FileSystem.status(of: file, followsLinks: true), status.kind == .file else { return nil }
    self.file = file
    guard status.size <= RuleText.longest else {
      throw .badRule(file, line: 1, "it has more than \(RuleText.longest) bytes")
    }
    let split = file.lastIndex(of: "/") ?? file.startIndex
    let source = SiteFile(root: String(file[..<split]), path: String(file[split...]), size: status.size, modified: nil)
    var reader = FileReader()
    let bytes = try reader.content(of: source)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .badRule(file, line: 1, "it is not text in UTF-8")
    }
    self.text = text
  }

  /// A text that a test has written.
  init(file: String, text: String) {
    self.file = file
    self.text = text
  }

  /// The lines with their places, without comments and what is empty. White space in front is kept, at the end is not.
  var lines: [(origin: RuleOrigin, text: Substring)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
      var line = line
      while let last = line.last, last.isWhitespace { line.removeLast() }
      let first = line.first { !$0.isWhitespace }
      guard let first, first != "#" else { return nil }
      return (RuleOrigin(file: file, line: number + 1), line)
    }
  }
}
