import ArgumentParser
import LinuxLink
import Pack
import PackBuilder
import Wire

/// Looks at every byte of a pack, on several threads, and names the first thing that is wrong: in the index, in a long file,
/// or in the blocks from the front to the back.
struct Verification: Sendable {
  private let file: BlockFile
  private let superblock: Superblock
  private let jobs: Int
  private let isDeep: Bool

  /// A verification of an open pack.
  /// - Parameter isDeep: whether the content of files is held against their tags, besides all that blocks and records say.
  init(of reader: borrowing PackReader, jobs: Int?, isDeep: Bool) {
    self.isDeep = isDeep
    file = reader.file
    superblock = reader.superblock
    // Some threads wait for the disk while others look at what it gave.
    self.jobs = jobs ?? Processors.count * 3
  }

  /// What the index says. Its blocks are the first to be checked: they tell where everything else is.
  /// - Returns: all entries, in the order of the records.
  func entries() throws(CommandFailure) -> [IndexEntry] {
    var entries: [IndexEntry] = []
    let first = superblock.firstIndexBlock.value
    let batches = VerificationPlan.batches(of: first..<(first + superblock.indexBlockCount))
    try work(batches) { blocks throws(CommandFailure) in
      try self.entries(in: blocks)
    } take: {
      entries += $0
    }
    guard UInt64(entries.count) == superblock.entryCount else { throw bad(BlockNumber(0), 32) }
    entries.sort { ($0.record.block, $0.record.offset) < ($1.record.block, $1.record.offset) }
    if let place = superblock.notFound {
      var reader = PackReader(of: file, superblock)
      guard entries.contains(where: { $0.record == place }), try reader.record(at: place).kind == .file else {
        throw bad(BlockNumber(0), 44)
      }
    }
    for page in superblock.errorPages.all {
      var reader = PackReader(of: file, superblock)
      guard entries.contains(where: { $0.record == page.location }),
        try reader.record(at: page.location).kind == .file
      else { throw bad(BlockNumber(0), 72) }
    }
    if superblock.rules != nil {
      var reader = PackReader(of: file, superblock)
      _ = try reader.ruleCount()
    }
    return entries
  }

  /// Every block that is none of the index, every record, and, where the look is deep, the content that it describes; each
  /// is read once.
  /// - Parameters:
  ///   - entries: the records, in order.
  ///   - check: looks at each file besides, on any thread, where the look is deep; told the hash of its content.
  /// - Returns: the paths of the files.
  func paths(
    of entries: [IndexEntry], _ check: @escaping @Sendable (Listing, ContentHash.Digest) throws(CommandFailure) -> Void
  ) throws(CommandFailure) -> Set<String> {
    var paths: Set<String> = []
    let reader = PackReader(of: file, superblock)
    let plan = isDeep ? try VerificationPlan(of: entries, reader) : VerificationPlan(ofBlocksWith: entries, reader)
    try work(plan.pieces) { piece throws(CommandFailure) in
      switch piece {
      case .longFile(let numbers): try self.paths(ofLong: entries[numbers], check)
      case .blocks(let blocks, let numbers): try self.paths(in: blocks, entries[numbers], check)
      }
    } take: {
      paths.formUnion($0)
    }
    return paths
  }

  /// Does pieces of work on several threads, and takes their outcomes in order.
  private func work<Piece: Sendable, Outcome: Sendable>(
    _ pieces: [Piece], _ body: @escaping @Sendable (Piece) throws(CommandFailure) -> [Outcome],
    take: ([Outcome]) -> Void
  ) throws(CommandFailure) {
    let parallel = OrderedWork<Result<[Outcome], CommandFailure>>(count: pieces.count, jobs: jobs)
    try parallel.run { number, _ in
      Result { () throws(CommandFailure) in try body(pieces[number]) }
    } take: { _, event throws(CommandFailure) in
      if case .done(let outcome) = event { take(try outcome.get()) }
    }
  }

  private func entries(in blocks: Range<UInt32>) throws(CommandFailure) -> [IndexEntry] {
    var entries: [IndexEntry] = []
    var reader = PackReader(of: file, superblock, mostHeld: blocks.count)
    try forEachBlock(of: blocks, &reader) { block, bytes throws(PackError) in
      let count = try PackCheck.index(bytes, as: block, of: superblock)
      entries += (0..<count).map { IndexBlock.entry($0, of: bytes) }
    }
    return entries
  }

  /// Reads blocks, checks each, and has the reader hold them.
  private func forEachBlock(
    of blocks: Range<UInt32>, _ reader: inout PackReader, _ body: (BlockNumber, RawSpan) throws(PackError) -> Void
  ) throws(CommandFailure) {
    try reader.hold(blocks)
    for number in blocks {
      let block = BlockNumber(number)
      try reader.loadUnverified(block)
      do throws(PackError) {
        _ = try PackCheck.block(reader.bytes(), as: block, of: superblock)
        try body(block, reader.bytes())
      } catch {
        throw reader.damage(error, in: block)
      }
    }
  }

  private func paths(
    in blocks: Range<UInt32>, _ entries: ArraySlice<IndexEntry>,
    _ check: (Listing, ContentHash.Digest) throws(CommandFailure) -> Void
  ) throws(CommandFailure) -> [String] {
    var reader = PackReader(of: file, superblock, mostHeld: blocks.count)
    try forEachBlock(of: blocks, &reader) { _, _ in }
    return try paths(of: entries, &reader, check)
  }

  private func paths(
    ofLong entries: ArraySlice<IndexEntry>, _ check: (Listing, ContentHash.Digest) throws(CommandFailure) -> Void
  ) throws(CommandFailure) -> [String] {
    var reader = PackReader(of: file, superblock)
    return try paths(of: entries, &reader, check)
  }

  private func paths(
    of entries: ArraySlice<IndexEntry>, _ reader: inout PackReader,
    _ check: (Listing, ContentHash.Digest) throws(CommandFailure) -> Void
  ) throws(CommandFailure) -> [String] {
    var paths: [String] = []
    var previous: (body: BodyLocation, digest: ContentHash.Digest)?
    for entry in entries {
      try reader.load(entry.record.block)
      _ = try reader.catching { () throws(PackError) in
        try PackCheck.record(entry, in: reader.bytes(), of: superblock)
      }
      let listing = try Listing(entry.record, &reader)
      guard let body = listing.representation?.body else { continue }
      paths.append(listing.path)
      guard isDeep else { continue }
      // The paths of one file stand behind each other.
      if let previous, previous.body == body, listing.hasDigestTag(previous.digest, at: 0) {
        try check(listing, previous.digest)
        continue
      }
      let digest = try digest(of: listing, &reader)
      previous = (body, digest)
      try check(listing, digest)
    }
    return paths
  }

  /// The hash of a file's content, when all its forms are that content and have the tags that follow from theirs.
  private func digest(of listing: Listing, _ reader: inout PackReader) throws(CommandFailure) -> ContentHash.Digest {
    let whole = try digest(of: listing.representations[0].body, &reader)
    guard listing.hasDigestTag(whole, at: 0) else { throw badContent(listing, "is not what its entity tag says") }
    let count = listing.representations[0].body.count
    for (index, form) in listing.representations.enumerated().dropFirst() {
      let digest = try digest(of: form.body, &reader)
      let name = form.coding.name
      guard listing.hasDigestTag(digest, at: index) else {
        throw badContent(listing, "in \(name) is not what its entity tag says")
      }
      // What is larger was not made by this program, and would need more memory than there may be.
      guard count <= VariantRule.largestFile else { continue }
      var hash = ContentHash()
      guard let content = Coder.decode(try reader.content(of: form.body), as: form.coding, count: Int(count)) else {
        throw badContent(listing, "in \(name) cannot be decoded")
      }
      hash.update(content)
      guard hash.finish() == whole else { throw badContent(listing, "in \(name) is not that of the file") }
    }
    return whole
  }

  /// The hash of a body.
  private func digest(of body: BodyLocation, _ reader: inout PackReader) throws(CommandFailure) -> ContentHash.Digest {
    let isLong = body.lastBlock.value > body.block.value + VerificationPlan.batchCount
    return isLong && !reader.holds(body) ? try reader.digest(ofLong: body) : try reader.digest(of: body)
  }

  private func bad(_ block: BlockNumber, _ offset: Int) -> CommandFailure {
    .badPack(file.path, .malformed(block, offset: offset))
  }

  private func badContent(_ listing: Listing, _ what: String) -> CommandFailure {
    let place = "block \(listing.location.block.value), byte \(listing.location.offset)"
    return CommandFailure(
      description: "\(file.path) is wrong: the content of \(listing.path) \(what) (\(place))", exitCode: ExitCode(3))
  }
}

extension Listing {
  /// Whether the entity tag of a form is right: one of the kind that this program makes, 128 bits of a SHA-256, must be
  /// that of its bytes.
  fileprivate func hasDigestTag(_ digest: ContentHash.Digest, at index: Int) -> Bool {
    let tag = tags[index]
    let isDigest = tag.utf8.count == 34 && tag.dropFirst().dropLast().allSatisfy { $0.isHexDigit && !$0.isUppercase }
    return !isDigest || tag == "\"\(digest)\""
  }
}
