import Pack

/// What was known of a site's files when they were packed, kept beside the pack: a file of which the system says the same
/// as then need not be read again, and a site of which all is the same need not be planned again.
///
/// A file is known by its mark, a hash of what the system says of it: device, inode, size, and the times of the last change
/// of its content and of itself, in nanoseconds. The last of these nobody can set. A file that was changed just before it
/// was looked at has no mark, since it may have been changed again within the same tick of the file system's clock.
struct Ledger: Sendable {
  /// A file and its content.
  struct Entry: Equatable, Sendable {
    /// What the system says of the file.
    var mark: ContentHash.Digest
    /// The hash of what is in it.
    var content: ContentHash.Digest
    /// Where in the pack it begins, in bytes from the pack's front.
    var position: Int64
  }

  /// Everything that the pack was made from; nil where a file of it has no mark.
  let site: ContentHash.Digest?
  /// What was said of the pack.
  let summary: BuildSummary
  /// Bytes with the entries, in the order of the marks.
  let bytes: [UInt8]
  /// Where the first entry begins.
  let start: Int
  /// How many there are.
  let count: Int

  /// What is known of a file by its mark; nil when nothing is.
  func entry(of mark: ContentHash.Digest?) -> Entry? {
    guard let mark else { return nil }
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if entry(middle).mark < mark { low = middle + 1 } else { high = middle }
    }
    guard low < count, entry(low).mark == mark else { return nil }
    return entry(low)
  }

  /// Nanoseconds before the packing in which a change is too recent: more than a tick of any file system's clock, of which
  /// FAT has the coarsest.
  static let recent: Int64 = 3_000_000_000
}

extension FileSystem.Status {
  /// A hash of it; nil when it was not settled before a time, in nanoseconds since 1970.
  func mark(settledBefore time: Int64) -> ContentHash.Digest? {
    guard max(contentChanged, changed) < time else { return nil }
    var hash = ContentHash()
    hash.update(
      words: [
        identity.device, identity.number, size, UInt64(bitPattern: contentChanged), UInt64(bitPattern: changed),
      ])
    return hash.finish()
  }
}

extension ContentHash.Digest: Comparable {
  /// Some order: that of the digits.
  package static func < (left: Self, right: Self) -> Bool { (left.high, left.low) < (right.high, right.low) }
}

extension ContentHash {
  /// Adds numbers.
  mutating func update(words: [UInt64]) {
    var bytes: [UInt8] = []
    for word in words { bytes.appendLittleEndian(word) }
    update(bytes)
  }
}
