/// How much is read from the disk at the same time.
///
/// A few reads of 64 KiB and more keep a disk busy. Those beyond wait just as long, but in a queue where nobody can put another
/// before them; and a disk that tells of its reads when all are done, as those of many virtual machines, would find nothing
/// to do while what it has read is served. So the rest waits at the reader, and follows as soon as one is done.
package struct ReadDepth: Equatable, Sendable {
  /// Reads at most: a place in a ring of the kernel's, or a thread, for each.
  package let reads: Int
  /// Blocks that keep a ring from taking another read. The last that it takes may be a long one, and has not to wait until the
  /// disk has nothing to do.
  var blocks: Int { 4 * reads }

  /// So many reads; nil where there cannot be as many.
  package init?(reads: Int) {
    guard (1...256).contains(reads) else { return nil }
    self.init(reads)
  }

  private init(_ reads: Int) {
    self.reads = reads
  }

  /// What suits a local disk: eight reads, of 2 MiB together.
  package static let standard = ReadDepth(8)
  /// Twice as much, for who does nothing but read.
  package static let double = ReadDepth(16)
}
