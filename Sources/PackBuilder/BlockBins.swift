import Pack

/// Puts groups into blocks: none reaches over more blocks than it has to, and small ones fill what others leave.
struct BlockBins {
  /// Groups that lie one behind the other from the front of a block on.
  struct Bin {
    /// Their numbers.
    var groups: [Int]
    /// Where the next would begin; only the distance from the first block means something.
    fileprivate var end: LayoutCursor
  }

  /// The bins in order.
  private(set) var bins: [Bin] = []

  /// Bins that are tried: enough to find a place, few enough to stay near.
  private static let openCount = 32
  /// Bytes below which there is no use in trying.
  private static let leastRoom = 512

  private var open: [Int] = []

  /// No groups.
  init() {}

  /// Puts a group into the newest bin that it fits, or a new one.
  /// - Parameter extents: what its items take.
  mutating func add(_ group: Int, _ extents: [PackPlan.Extent]) throws(BuildError) {
    let alone = try BlockBins.placed(extents, at: LayoutCursor())
    // A long group may reach over one block more: what it does not use is less than a quarter of what is read.
    let most = alone.blockCount + alone.blockCount / 4
    for place in open.indices.reversed() {
      let start = bins[open[place]].end
      let result = try BlockBins.placed(extents, at: start)
      guard result.first == start.block, result.blockCount <= most else { continue }
      bins[open[place]].groups.append(group)
      bins[open[place]].end = result.end
      if result.end.room < BlockBins.leastRoom { open.remove(at: place) }
      return
    }
    bins.append(Bin(groups: [group], end: alone.end))
    if alone.end.room >= BlockBins.leastRoom { open.append(bins.count - 1) }
    if open.count > BlockBins.openCount { open.removeFirst() }
  }

  private struct Result {
    var first: BlockNumber
    var blockCount: Int
    var end: LayoutCursor
  }

  private static func placed(
    _ extents: [PackPlan.Extent], at start: LayoutCursor
  ) throws(BuildError) -> Result {
    var (cursor, first) = (start, nil as BlockNumber?)
    for extent in extents {
      let block = try cursor.place(extent, isPacked: true).block
      if first == nil { first = block }
    }
    let begin = first ?? start.block
    let last = cursor.offset == 0 ? cursor.block.value - 1 : cursor.block.value
    return Result(first: begin, blockCount: Int(last) - Int(begin.value) + 1, end: cursor)
  }
}
