import Pack

/// Where everything of a plan lies in the pack: decided before a byte is written.
struct PackLayout {
  /// The place of a body.
  struct BodyPlacement: Equatable {
    /// Where its head begins, in the block of the records.
    var head: Int
    /// Where it lies.
    var body: BodyLocation
    /// Whether it is that of an item before, and need not be written again.
    var isShared = false
  }

  /// The place of an item.
  struct Placement: Equatable {
    /// Where its records stand: one for each of its paths.
    var records: [RecordLocation]
    /// Where its bodies lie; empty for a redirect.
    var bodies: [BodyPlacement] = []
    /// The blocks that are best read together when one of the records is asked for.
    var group: BlockRun
  }

  /// The places of the plan's items, in their order.
  private(set) var placements: [Placement] = []
  /// The index of the paths.
  let index: PathIndex
  /// The first block.
  let superblock: Superblock

  /// Bodies smaller than this are stored with each of their files: a copy beside its record costs less than a second read.
  static let smallestShared: UInt64 = 4_096

  /// Items whose content is another's.
  var sharedCount: Int { placements.count { $0.bodies.first?.isShared == true } }

  /// Lays out a plan.
  /// - Throws: `tooLarge`.
  init(_ plan: PackPlan, options: BuildOptions) throws(BuildError) {
    var cursor = LayoutCursor()
    var bodies: [ContentHash.Digest: BodyLocation] = [:]
    var targets: [PathIndex.Target] = []
    for item in plan.items {
      let placement = try PackLayout.place(item, &cursor, &bodies)
      targets += zip(item.paths, placement.records).map { path, record in
        let reach = GroupReach(of: placement.group, from: record.block)
        return PathIndex.Target(path: Array(path.utf8), record: record, reach: reach)
      }
      placements.append(placement)
    }
    try cursor.nextBlock()
    index = PathIndex(targets)
    let (indexCount, dataEnd) = (UInt32(index.shares.count), cursor.block)
    guard dataEnd.value <= BlockGeometry.largestBlockCount - indexCount else { throw .tooLarge }
    superblock = Superblock(
      blockCount: dataEnd.value + indexCount, identity: plan.identity, hashSeed: index.seed, firstIndexBlock: dataEnd,
      indexBlockCount: indexCount, entryCount: UInt64(targets.count),
      notFound: targets.first { $0.path.elementsEqual(options.notFoundPath.utf8) }?.record)
  }

  /// Places an item: its records, its head behind them, its body behind that.
  private static func place(
    _ item: PackPlan.Item, _ cursor: inout LayoutCursor, _ bodies: inout [ContentHash.Digest: BodyLocation]
  ) throws(BuildError) -> Placement {
    let lengths = item.recordLengths
    let recordsLength = lengths.reduce(0, +)
    guard case .file(let entry) = item else {
      try cursor.makeRoom(front: recordsLength, body: 0)
      let placement = Placement(records: [cursor.place], group: BlockRun(first: cursor.block, count: 1))
      try cursor.advance(by: UInt64(recordsLength))
      return placement
    }
    let own = entry.bodies.filter { $0.count < smallestShared || bodies[$0.digest] == nil }
    let front = recordsLength + entry.bodies.reduce(0) { $0 + $1.headCount }
    try cursor.makeRoom(front: front, body: own.reduce(0) { $0 + $1.count })
    var placement = Placement(records: [], group: BlockRun(first: cursor.block, count: 1))
    for length in lengths {
      placement.records.append(cursor.place)
      try cursor.advance(by: UInt64(length))
    }
    var head = cursor.offset
    try cursor.advance(by: UInt64(front - recordsLength))
    for body in entry.bodies {
      let shared = body.count < smallestShared ? nil : bodies[body.digest]
      let place = shared ?? BodyLocation(block: cursor.block, offset: cursor.offset, count: body.count)
      placement.bodies.append(BodyPlacement(head: head, body: place, isShared: shared != nil))
      head += body.headCount
      bodies[body.digest] = place
      if shared == nil { try cursor.advance(by: body.count) }
    }
    placement.group.count = groupCount(of: placement)
    return placement
  }

  /// Blocks from that of the records to the last of the item's own bodies, unless that is far.
  private static func groupCount(of placement: Placement) -> Int {
    let own = placement.bodies.filter { !$0.isShared && !$0.body.isLong }
    let last = own.map(\.body.lastBlock).max() ?? placement.group.first
    return Int(last.value - placement.group.first.value) + 1
  }
}

extension BodyLocation {
  /// Whether the body is too long for a group: it is read on as it is sent, not before.
  var isLong: Bool { count > 512 << 10 }
}

extension PackPlan.Item {
  /// The paths it is asked for as.
  var paths: [String] {
    switch self {
    case .file(let entry): entry.paths
    case .redirect(let redirect): [redirect.path]
    }
  }

  /// Bytes of its records, one for each path.
  var recordLengths: [Int] {
    switch self {
    case .file(let entry):
      entry.paths.map { Record.byteCount(representations: entry.bodies.count, path: $0.utf8.count, target: 0) }
    case .redirect(let redirect):
      [Record.byteCount(representations: 0, path: redirect.path.utf8.count, target: redirect.target.utf8.count)]
    }
  }
}
