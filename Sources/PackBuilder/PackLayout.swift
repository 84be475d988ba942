import Pack

/// Where everything of a plan lies in the pack: decided before a byte is written.
struct PackLayout {
  /// The place of a body.
  struct BodyPlacement: Equatable {
    /// Where its head begins, in the block of the records.
    var head: Int
    /// Where it lies.
    var body: BodyLocation
  }

  /// The place of an item. Its records follow one another, then its heads, then those of its bodies that lie with it.
  struct Placement: Equatable {
    /// Where its first record stands.
    let start: RecordLocation
    /// The blocks that are best read together when one of the records is asked for.
    var group: BlockRun
  }

  /// The places of the plan's items, in their order.
  private(set) var placements: [Placement] = []
  /// The index of the paths.
  let index: PathIndex
  /// The first block.
  let superblock: Superblock
  /// Where the bodies lie that several items have.
  private let owned: [ContentHash.Digest: BodyLocation]

  /// Lays out a plan.
  /// - Throws: `tooLarge`.
  init(_ plan: PackPlan, options: BuildOptions) throws(BuildError) {
    var (cursor, owned) = (LayoutCursor(), [:] as [ContentHash.Digest: BodyLocation])
    for group in plan.groups {
      if group.startsBlock { try cursor.nextBlock() }
      for item in plan.items[group.items] {
        placements.append(try PackLayout.place(item, isPacked: group.isPacked, &cursor, &owned))
      }
      PackLayout.join(group.items, of: &placements)
    }
    self.owned = owned
    let targets = zip(plan.items, placements).flatMap { item, placement in
      zip(item.paths, placement.records(item.recordLengths)).map { path, record in
        let reach = GroupReach(of: placement.group, from: record.block)
        return PathIndex.Target(path: path, record: record, reach: reach)
      }
    }
    let rules = try PackLayout.place(plan.ruleTable, &cursor)
    try cursor.nextBlock()
    index = PathIndex(targets)
    let (indexCount, dataEnd) = (UInt32(index.shares.count), cursor.block)
    guard dataEnd.value <= BlockGeometry.largestBlockCount - indexCount else { throw .tooLarge }
    var superblock = Superblock(
      blockCount: dataEnd.value + indexCount, identity: plan.identity, hashSeed: index.seed, firstIndexBlock: dataEnd,
      indexBlockCount: indexCount, entryCount: UInt64(targets.count),
      notFound: targets.first { $0.path.utf8.elementsEqual(options.notFoundPath.utf8) }?.record,
      codingRule: VariantRule(options).fingerprint, rules: rules)
    for page in plan.errorPages {
      guard let target = targets.first(where: { $0.path.utf8.elementsEqual(page.path.utf8) }) else { continue }
      let isPlaced = superblock.errorPages.insert(target.record, for: page.status)
      precondition(isPlaced, "there are no more errors than places")
    }
    self.superblock = superblock
  }

  /// What a ledger keeps of the files of the plan.
  func ledgerEntries(of plan: PackPlan) -> [Ledger.Entry] {
    zip(plan.items, placements).compactMap { item, placement in
      guard case .file(let entry) = item, let mark = entry.file.mark else { return nil }
      return Ledger.Entry(
        mark: mark, content: entry.bodies[0].digest, position: bodies(of: entry, at: placement)[0].body.position)
    }
  }

  /// Places the rules, if there are any.
  private static func place(_ rules: [UInt8], _ cursor: inout LayoutCursor) throws(BuildError) -> RecordLocation? {
    guard !rules.isEmpty else { return nil }
    try cursor.makeRoom(front: rules.count, body: 0)
    let place = cursor.place
    try cursor.advance(by: UInt64(rules.count))
    return place
  }

  /// Makes one group of items that were placed one behind the other, unless it would be too long.
  private static func join(_ items: Range<Int>, of placements: inout [Placement]) {
    let groups = placements[items].map(\.group)
    guard let first = groups.map(\.first).min(), let end = groups.map(\.end).max() else { return }
    let run = BlockRun(first: first, count: Int(end.value - first.value))
    guard run.count <= GroupReach.largestCount else { return }
    for number in items { placements[number].group = run }
  }

  /// Places an item: its records, its heads behind them, its bodies behind those. Bodies that lie elsewhere are found later.
  private static func place(
    _ item: PackPlan.Item, isPacked: Bool, _ cursor: inout LayoutCursor,
    _ owned: inout [ContentHash.Digest: BodyLocation]
  ) throws(BuildError) -> Placement {
    let start = try cursor.place(item.extent, isPacked: isPacked)
    var placement = Placement(start: start, group: BlockRun(first: start.block, count: 1))
    guard case .file(let entry) = item else { return placement }
    // What lies behind a body that is too long for a group is in none: the one before it would be read with it.
    var isBehindLong = false
    for (number, body) in placement.ownBodies(of: entry) {
      let form = entry.bodies[number]
      if form.count >= PackOrder.smallestShared, owned[form.digest] == nil { owned[form.digest] = body }
      isBehindLong = isBehindLong || body.isLong
      if !isBehindLong { placement.group.count = Int(body.lastBlock.value - start.block.value) + 1 }
    }
    return placement
  }

  /// Where the heads and the bodies of a file lie.
  func bodies(of entry: PackPlan.Entry, at placement: Placement) -> [BodyPlacement] {
    var offset = entry.recordLengths.reduce(placement.start.offset, +)
    var bodies: [BodyPlacement] = []
    for form in entry.bodies {
      bodies.append(BodyPlacement(head: offset, body: BodyLocation(block: placement.start.block, offset: 0, count: 0)))
      offset += form.headCount
    }
    for (number, body) in placement.ownBodies(of: entry) { bodies[number].body = body }
    for (number, form) in entry.bodies.enumerated() where form.isShared {
      guard let body = owned[form.digest] else { preconditionFailure("a shared body lies somewhere") }
      bodies[number].body = body
    }
    return bodies
  }
}

extension PackLayout.Placement {
  /// Where its records of these lengths stand.
  func records(_ lengths: [Int]) -> [RecordLocation] {
    var place = start
    return lengths.map { length in
      defer { place.offset += length }
      return place
    }
  }

  /// The places of the bodies that lie with a file, and their numbers.
  fileprivate func ownBodies(of entry: PackPlan.Entry) -> [(number: Int, body: BodyLocation)] {
    let front = BodyLocation(block: start.block, offset: start.offset, count: 0)
    var next = front.place(of: UInt64(entry.extent.front))
    return entry.ownBodies.map { number, form in
      let body = BodyLocation(block: next.block, offset: next.offset, count: form.count)
      next = body.place(of: form.count)
      return (number, body)
    }
  }
}

extension BodyLocation {
  /// Where it begins, in bytes from the front of the pack.
  var position: Int64 { Int64(block.value) * Int64(BlockGeometry.byteCount) + Int64(offset) }

  /// Whether the body is too long for a group: it is read on as it is sent, not before.
  var isLong: Bool { count > Grouping.longestMember }
}

extension PackPlan.Item {
  /// The paths it is asked for as.
  var paths: [String] {
    switch self {
    case .file(let entry): entry.paths
    case .redirect(let redirect): [redirect.path]
    }
  }

  /// What it takes.
  var extent: PackPlan.Extent {
    switch self {
    case .file(let entry): entry.extent
    case .redirect(let redirect): redirect.extent
    }
  }

  /// Bytes of its records, one for each path.
  var recordLengths: [Int] {
    switch self {
    case .file(let entry): entry.recordLengths
    case .redirect(let redirect): [redirect.extent.front]
    }
  }
}
