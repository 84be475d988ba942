/// A file of the site that is to be packed.
struct SiteFile: Equatable, Sendable {
  /// The directory that its path begins in.
  var root: String
  /// What it is asked for as: begins with a slash.
  var path: String
  /// Bytes of it.
  var size: UInt64
  /// When it was last changed, in seconds since 1970; nil when that is not to be told.
  var modified: Int64?
  /// What it holds, where that was made here and is on no disk.
  var content: [UInt8]?
  /// Tells it as it is from what it has been and will be (see `Ledger`); nil where nothing does.
  var mark: ContentHash.Digest?

  /// Where it is.
  var source: String { root + path }
  /// The path of its directory, with a slash at its end.
  var directory: String { String(path[...slash]) }
  /// The name in its directory.
  var name: String { String(path[path.utf8.index(after: slash)...]) }

  private var slash: String.Index { path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex }
}
