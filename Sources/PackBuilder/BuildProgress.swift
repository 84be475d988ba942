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
  package let phase: Phase
  /// Files there are.
  package let fileCount: Int
  /// Bytes they have.
  package let byteCount: UInt64
  /// Files that are done.
  package private(set) var filesDone = 0
  /// Bytes that are done.
  package private(set) var bytesDone: UInt64 = 0

  /// Nothing of these files is done.
  init(phase: Phase, of size: (files: Int, bytes: UInt64)) {
    self.phase = phase
    (fileCount, byteCount) = size
  }

  /// A piece of a file is done.
  mutating func advance(by count: Int) { bytesDone += UInt64(count) }

  /// A file is done.
  mutating func finishFile() { filesDone += 1 }
}

/// Told how far packing has come: for each piece of a file, and each file. What it throws ends the packing.
package typealias ProgressReport = (BuildProgress) throws(BuildError) -> Void
