/// How far the packing of a site has come.
package struct BuildProgress: Equatable, Sendable {
  /// What is being done.
  package enum Phase: Sendable {
    /// Every file is read once for its tag.
    case reading
    /// Every file is read again and written.
    case writing
  }

  /// What is being done.
  package var phase: Phase
  /// Files there are.
  package var fileCount: Int
  /// Bytes they have.
  package var byteCount: UInt64
  /// Files that are done.
  package private(set) var filesDone = 0
  /// Bytes that are done.
  package private(set) var bytesDone: UInt64 = 0

  /// Nothing is done.
  init(phase: Phase, fileCount: Int, byteCount: UInt64) {
    self.phase = phase
    self.fileCount = fileCount
    self.byteCount = byteCount
  }

  /// A file is done.
  mutating func advance(by bytes: UInt64) {
    filesDone += 1
    bytesDone += bytes
  }
}

/// What a pack holds.
package struct BuildSummary: Equatable, Sendable {
  /// Files of the site.
  package var fileCount = 0
  /// Paths that can be asked for: files, directories, redirects.
  package var pathCount = 0
  /// Bytes of the files.
  package var byteCount: UInt64 = 0
  /// Files whose content another has as well, and that was stored once.
  package var sharedCount = 0
  /// Blocks of the pack.
  package var blockCount: UInt32 = 0
  /// Bytes of the pack.
  package var packByteCount: UInt64 = 0
  /// What was left out, and why, one line each.
  package var warnings: [String] = []
}
