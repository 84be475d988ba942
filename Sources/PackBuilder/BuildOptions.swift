/// How a directory is to be packed.
package struct BuildOptions: Equatable, Sendable {
  /// Patterns (`fnmatch`) of paths that never change under their name: they may be cached for a year.
  package var immutable: [String] = []
  /// Patterns (`fnmatch`) of paths that are left out.
  package var excluded: [String] = []
  /// Fields that every response of a file carries, as `Name: value`.
  package var fields: [String] = []
  /// Whether names that begin with a dot are packed; `.well-known` always is.
  package var includesDotfiles = false
  /// Whether the time of the last change is told.
  package var tellsLastModified = true
  /// The name of the file that stands for its directory.
  package var indexName = "index.html"
  /// The path of the page that is sent for paths that are not there, if the site has it.
  package var notFoundPath = "/404.html"

  /// The defaults.
  package init() {}
}
