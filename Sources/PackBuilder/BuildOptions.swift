package import Pack

/// How a directory is to be packed, as a person says it.
package struct BuildOptions: Equatable, Sendable {
  /// Patterns (see `PathPattern`) of paths that never change under their name: they may be cached for a year.
  package var immutable: [String] = []
  /// Patterns of paths that are left out.
  package var excluded: [String] = []
  /// Fields that every response of a file carries, as `Name: value`. Of these, Cache-Control takes the place of the default.
  package var fields: [String] = []
  /// Media types by the ending of a name, as `ending=type/subtype`; before those that are known.
  package var mediaTypes: [String] = []
  /// Whether names that begin with a dot are packed; `.well-known` always is.
  package var includesDotfiles = false
  /// Whether the time of the last change is told.
  package var tellsLastModified = true
  /// The name of the file that stands for its directory.
  package var indexName = "index.html"
  /// The path of the page that is sent for paths that are not there, if the site has it.
  package var notFoundPath = "/404.html"
  /// The path of the page that is sent with 200 for every path that is not there; nil for an error.
  package var fallbackPath: String?
  /// Whether `page.html` is asked for as `page`.
  package var hasCleanPaths = false
  /// Whether directories without an index page get a list of what is in them.
  package var listsDirectories = false
  /// The paths of pages for other errors, by status; what is not said follows from the names of files.
  package var errorPages: [UInt16: String] = [:]

  /// Codings in which files are stored besides as they are, where that pays.
  package var codings: [Representation.Coding] = []
  /// Whether pages lie with what they embed; if not, files lie in the order of their names.
  package var groups = true
  /// An access log in the combined format, by which pages that are asked for often, and after each other, lie together.
  package var accessLog: String?
  /// Whether what the pack before has is taken from there: the result is the same.
  package var reuses = true
  /// Whether what the system says of the files is kept beside the pack (see `Ledger`).
  package var keepsLedger = false
  /// Whether a file of which the system says what it said the last time is taken for unchanged; if not, all are read.
  package var trustsTimes = true
  /// When the packing begins, in nanoseconds since 1970, for tests; nil for what the clock says.
  package var time: Int64?
  /// Threads that read and code files; nil for one for each processor.
  package var jobs: Int?

  /// The defaults.
  package init() {}
}
