/// How many reads are at the disk at the same time.
///
/// Reads of 64 KiB and more keep a disk busy with few of them. Those beyond wait just as long, but in a queue where nobody can
/// put another before them; and a disk that tells of its reads when all are done, as those of many virtual machines, would
/// find nothing to do while what it has read is served. So the rest waits at the reader, and follows as soon as one is done.
package enum ReadDepth {
  /// What suits a local disk.
  package static let standard = 8
  /// What is possible: a ring of the kernel's, or a thread for each.
  package static let range = 1...256
}
