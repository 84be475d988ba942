import Pack

/// Blocks that were fetched to be read, one after the other, and lie so on the disk.
struct ReadRun {
  /// The block behind the last; nil before the first.
  var next: BlockNumber?
  /// How many there are.
  var count = 0
}
