/// A file of the site that is to be packed. It is an object, since lists of a million are kept in several orders.
final class SiteFile: Sendable {
  /// The directory that its path begins in.
  let root: String
  /// What it is asked for as: begins with a slash.
  let path: String
  /// Bytes of it.
  let size: UInt64
  /// When it was last changed, in seconds since 1970; nil when that is not to be told.
  let modified: Int64?
  /// What it holds, where that was made here and is on no disk.
  let content: [UInt8]?
  /// Tells it as it is from what it has been and will be (see `Ledger`); nil where nothing does.
  let mark: ContentHash.Digest?

  /// A file with these properties.
  init(
    root: String, path: String, size: UInt64, modified: Int64? = nil, content: [UInt8]? = nil,
    mark: ContentHash.Digest? = nil
  ) {
    (self.root, self.path, self.size) = (root, path, size)
    (self.modified, self.content, self.mark) = (modified, content, mark)
  }

  /// Where it is.
  var source: String { root + path }
  /// The path of its directory, with a slash at its end.
  var directory: String { String(path[...slash]) }
  /// The name in its directory.
  var name: String { String(path[path.utf8.index(after: slash)...]) }

  private var slash: String.Index { path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex }
}
