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
  private let regions = RegionPool()

  /// A verification of an open pack.
  init(of reader: borrowing PackReader, jobs: Int?) {
    file = reader.file
    superblock = reader.superblock
    // Some threads wait for the disk while others look at what it gave.
    self.jobs = jobs ?? Processors.count * 3
  }

  /// What the index says. Its blocks are the first to be checked: they tell where everything else is.
  func entries() throws(CommandFailure) -> EntryList {
    var unordered: [EntryList.Packed] = []
    unordered.reserveCapacity(
      min(Int(clamping: superblock.entryCount), Int(superblock.indexBlockCount) * IndexBlock.capacity))
    let first = superblock.firstIndexBlock.value
    try work(VerificationPlan.batches(of: first..<(first + superblock.indexBlockCount))) {
      blocks throws(CommandFailure) in
      try self.entries(in: blocks)
    } take: {
      unordered += $0
    }
    guard UInt64(unordered.count) == superblock.entryCount else { throw bad(BlockNumber(0), 32) }
    let entries = EntryList(unordered, end: first)
    try checkSuperblock(entries)
    return entries
  }

  /// Checks that what the superblock leads to is there.
  private func checkSuperblock(_ entries: EntryList) throws(CommandFailure) {
    var reader = PackReader(of: file, superblock)
    if let place = superblock.notFound {
      guard entries.contains(place), try reader.record(at: place).kind == .file else { throw bad(BlockNumber(0), 44) }
    }
    for page in superblock.errorPages.all {
      guard entries.contains(page.location), try reader.record(at: page.location).kind == .file else {
        throw bad(BlockNumber(0), 72)
      }
    }
    if superblock.rules != nil { _ = try reader.ruleCount() }
  }

  /// Checks every block that is none of the index, and every record in it.
  func checkBlocks(with entries: EntryList) throws(CommandFailure) {
    let plan = VerificationPlan(ofBlocks: superblock.firstIndexBlock.value, with: entries)
    try work(plan.pieces) { piece throws(CommandFailure) in
      if case .blocks(let blocks, let numbers) = piece { try self.check(blocks, entries[numbers]) }
      return [] as [Never]
    } take: { _ in
    }
  }

  /// Every block that is none of the index, every record, and the content that it describes; each is read once.
  /// - Parameters:
  ///   - entries: the records, in order.
  ///   - check: looks at each file besides, on any thread; told the hash of its content.
  ///   - take: gets the paths of files, one batch after the other.
  func checkContent(
    of entries: EntryList, _ check: @escaping @Sendable (Listing, ContentHash.Digest) throws(CommandFailure) -> Void,
    take: ([String]) -> Void
  ) throws(CommandFailure) {
    let plan = try VerificationPlan(of: entries, PackReader(of: file, superblock))
    try work(plan.pieces) { piece throws(CommandFailure) in
      switch piece {
      case .longFile(let numbers): try self.paths(ofLong: entries[numbers], check)
      case .blocks(let blocks, let numbers): try self.paths(in: blocks, entries[numbers], check)
      }
    } take: {
      take($0)
    }
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

  private func entries(in blocks: Range<UInt32>) throws(CommandFailure) -> [EntryList.Packed] {
    var entries: [EntryList.Packed] = []
    try forEachBlock(of: blocks) { block, bytes throws(PackError) in
      let count = try PackCheck.index(bytes, as: block, of: superblock)
      for number in 0..<count { entries.append(EntryList.Packed(IndexBlock.entry(number, of: bytes))) }
    }
    return entries
  }

  /// Checks blocks, and the records in them.
  private func check(_ blocks: Range<UInt32>, _ entries: EntryList.SubSequence) throws(CommandFailure) {
    var next = entries.startIndex
    try forEachBlock(of: blocks) { block, bytes throws(PackError) in
      while next < entries.endIndex, entries[next].record.block == block {
        _ = try PackCheck.record(entries[next], in: bytes, of: superblock)
        next += 1
      }
    }
  }

  /// Reads blocks at once, and checks each.
  private func forEachBlock(
    of blocks: Range<UInt32>, _ body: (BlockNumber, RawSpan) throws(PackError) -> Void
  ) throws(CommandFailure) {
    try regions.lend(frames: blocks.count) { region throws(CommandFailure) in
      try CommandFailure.catching { () throws(SystemError) in
        try file.read(UInt64(blocks.lowerBound)..<UInt64(blocks.upperBound), into: region)
      }
      for number in blocks {
        let block = BlockNumber(number)
        let bytes = region.bytes(of: Int(number - blocks.lowerBound))
        do throws(PackError) {
          _ = try PackCheck.block(bytes, as: block, of: superblock)
          try body(block, bytes)
        } catch {
          throw PackReader(of: file, superblock).damage(error, in: block)
        }
      }
    }
  }

  private func paths(
    in blocks: Range<UInt32>, _ entries: EntryList.SubSequence,
    _ check: (Listing, ContentHash.Digest) throws(CommandFailure) -> Void
  ) throws(CommandFailure) -> [String] {
    try regions.lend(frames: blocks.count + 1) { region throws(CommandFailure) in
      var reader = PackReader(of: file, superblock, in: region)
      try reader.hold(blocks)
      for number in blocks {
        let block = BlockNumber(number)
        try reader.loadUnverified(block)
        do throws(PackError) {
          _ = try PackCheck.block(reader.bytes(), as: block, of: superblock)
        } catch {
          throw reader.damage(error, in: block)
        }
      }
      return try paths(of: entries, &reader, check)
    }
  }

  private func paths(
    ofLong entries: EntryList.SubSequence, _ check: (Listing, ContentHash.Digest) throws(CommandFailure) -> Void
  ) throws(CommandFailure) -> [String] {
    var reader = PackReader(of: file, superblock)
    return try paths(of: entries, &reader, check)
  }

  private func paths(
    of entries: EntryList.SubSequence, _ reader: inout PackReader,
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
      // What is larger would need more memory than there may be.
      guard VariantRule.allows(form: form.body.count, of: count) else { continue }
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
