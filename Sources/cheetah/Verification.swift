import ArgumentParser
import LinuxLink
import Pack
import PackBuilder
import Wire

/// Looks at every byte of a pack, on several threads, and names the first thing that is wrong.
struct Verification: Sendable {
  private let file: BlockFile
  private let superblock: Superblock
  private let jobs: Int?

  /// Blocks, and records, that a thread takes at a time.
  private static let batchCount = 128

  /// A verification of an open pack.
  init(of reader: borrowing PackReader, jobs: Int?) {
    file = reader.file
    superblock = reader.superblock
    self.jobs = jobs
  }

  /// Every block by itself.
  /// - Returns: what the index blocks hold, in the order of the records.
  func entries() throws(CommandFailure) -> [IndexEntry] {
    var entries: [IndexEntry] = []
    try forEachBatch(of: Int(superblock.blockCount)) { numbers throws(CommandFailure) in
      try self.entries(in: numbers)
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
    if superblock.rules != nil {
      var reader = PackReader(of: file, superblock)
      _ = try reader.ruleCount()
    }
    return entries
  }

  /// Every record, and the content that it describes.
  /// - Parameters:
  ///   - entries: the records, in order.
  ///   - check: looks at each file besides, on any thread; told the hash of its content.
  /// - Returns: the paths of the files.
  func paths(
    of entries: [IndexEntry], _ check: @escaping @Sendable (Listing, ContentHash.Digest) throws(CommandFailure) -> Void
  ) throws(CommandFailure) -> Set<String> {
    var paths: Set<String> = []
    try forEachBatch(of: entries.count) { numbers throws(CommandFailure) in
      try self.paths(of: entries[numbers], check)
    } take: {
      paths.formUnion($0)
    }
    return paths
  }

  private func forEachBatch<Outcome: Sendable>(
    of count: Int, _ work: @escaping @Sendable (Range<Int>) throws(CommandFailure) -> [Outcome],
    take: ([Outcome]) -> Void
  ) throws(CommandFailure) {
    let batches = (count + Verification.batchCount - 1) / Verification.batchCount
    let parallel = OrderedWork<Result<[Outcome], CommandFailure>>(count: batches, jobs: jobs)
    try parallel.run { number, _ in
      let start = number * Verification.batchCount
      let numbers = start..<min(start + Verification.batchCount, count)
      return Result { () throws(CommandFailure) in try work(numbers) }
    } take: { _, event throws(CommandFailure) in
      if case .done(let outcome) = event { take(try outcome.get()) }
    }
  }

  private func entries(in numbers: Range<Int>) throws(CommandFailure) -> [IndexEntry] {
    var reader = PackReader(of: file, superblock)
    var entries: [IndexEntry] = []
    for number in numbers {
      let block = BlockNumber(UInt32(number))
      try reader.loadUnverified(block)
      do throws(PackError) {
        let trailer = try PackCheck.block(reader.bytes(), as: block, of: superblock)
        guard trailer.kind == .index else { continue }
        let count = try PackCheck.index(reader.bytes(), as: block, of: superblock)
        entries += (0..<count).map { IndexBlock.entry($0, of: reader.bytes()) }
      } catch {
        throw try Damage(error, in: block, reader).failure(&reader)
      }
    }
    return entries
  }

  private func paths(
    of entries: ArraySlice<IndexEntry>, _ check: (Listing, ContentHash.Digest) throws(CommandFailure) -> Void
  ) throws(CommandFailure) -> [String] {
    var reader = PackReader(of: file, superblock)
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
    let whole = try reader.digest(of: listing.representations[0].body)
    guard listing.hasDigestTag(whole, at: 0) else { throw badContent(listing, "is not what its entity tag says") }
    let count = listing.representations[0].body.count
    for (index, form) in listing.representations.enumerated().dropFirst() {
      let digest = try reader.digest(of: form.body)
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
