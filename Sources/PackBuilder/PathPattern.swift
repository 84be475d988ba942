/// A pattern for paths of the site, in the language of the shell.
///
/// `*` stands for any text, slashes included, `?` for a character, `[a-z]` for one of these. A pattern without a slash is
/// for names at any depth, one with a slash for paths from the site's root on. What fits a directory fits all that is in
/// it, where directories are looked at.
struct PathPattern: Equatable, Sendable {
  private let text: String
  private let isForNames: Bool

  /// The pattern that a person wrote; a slash at its front or end makes no difference but that it is for paths.
  init(_ text: String) {
    let trimmed = text.hasSuffix("/") ? text.dropLast() : text[...]
    isForNames = !trimmed.contains("/")
    self.text = isForNames || trimmed.hasPrefix("/") ? String(trimmed) : "/" + trimmed
  }

  /// Whether a path, which begins with a slash, fits.
  func matches(_ path: String) -> Bool {
    guard isForNames else { return FileSystem.matches(path, pattern: text) }
    let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
    return FileSystem.matches(String(name), pattern: text)
  }
}

extension [PathPattern] {
  /// Whether a path fits any of them.
  func matches(_ path: String) -> Bool { contains { $0.matches(path) } }
}
