import ArgumentParser
import Pack
import PackBuilder
import SystemPackage
import Wire

/// `cheetah verify`
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every block, sum, record and index entry of a pack.",
    discussion: """
      EXAMPLES
        cheetah verify site.cheetah
        cheetah verify site.cheetah --against www

      The first thing that is wrong is named by block, place in the file and path, and the exit code is 3.
      A pack that is whole, but differs from the directory, has exit code 1.
      """)

  @Argument(help: "The pack.")
  var pack: String

  @Option(help: "A directory whose files the pack's must equal, byte by byte.")
  var against: String?

  func run() throws {
    if let against, !FileSystem.isDirectory(against) {
      throw CommandFailure.failed("cannot compare with \(against): there is no such directory")
    }
    var reader = try PackReader(path: pack)
    let entries = try verifyBlocks(&reader)
    let paths = try verifyRecords(entries, &reader)
    try noteAdditions(to: paths)
    let comparison = against.map { ", and equal \($0)" } ?? ""
    CommandOutput.print(
      "\(pack): \(reader.superblock.blockCount) blocks and \(entries.count) paths are whole\(comparison)")
  }

  /// Every block by itself.
  /// - Returns: what the index blocks hold, in the order of the records.
  private func verifyBlocks(_ reader: inout PackReader) throws(CommandFailure) -> [IndexEntry] {
    let superblock = reader.superblock
    var count: UInt64 = 0
    for number in 0..<superblock.blockCount {
      let block = BlockNumber(number)
      try reader.loadUnverified(block)
      do throws(PackError) {
        let trailer = try PackCheck.block(reader.bytes(), as: block, of: superblock)
        if trailer.kind == .index {
          count += UInt64(try PackCheck.index(reader.bytes(), as: block, of: superblock))
        }
      } catch {
        throw try Damage(error, in: block, reader).failure(&reader)
      }
    }
    guard count == superblock.entryCount else { throw .badPack(pack, .malformed(BlockNumber(0), offset: 32)) }
    return try reader.entries()
  }

  /// Every record, and the content that it describes.
  /// - Returns: the paths of the files.
  private func verifyRecords(
    _ entries: [IndexEntry], _ reader: inout PackReader
  ) throws(CommandFailure) -> Set<String> {
    let superblock = reader.superblock
    var paths: Set<String> = []
    var previous: (body: BodyLocation, digest: ContentHash.Digest)?
    for entry in entries {
      try reader.load(entry.record.block)
      _ = try reader.catching { () throws(PackError) in
        try PackCheck.record(entry, in: reader.bytes(), of: superblock)
      }
      let listing = try Listing(entry.record, &reader)
      guard let body = listing.representation?.body else { continue }
      paths.insert(listing.path)
      // The paths of one file stand behind each other.
      let digest = try previous?.body == body ? previous?.digest : reader.digest(of: body)
      guard let digest, !listing.hasDigestTag || listing.tag == "\"\(digest)\"" else { throw badContent(listing) }
      previous = (body, digest)
      try compare(listing, digest)
    }
    if let place = superblock.notFound {
      guard entries.contains(where: { $0.record == place }), try reader.record(at: place).kind == .file else {
        throw .badPack(pack, .malformed(BlockNumber(0), offset: 44))
      }
    }
    return paths
  }

  private func badContent(_ listing: Listing) -> CommandFailure {
    let place = "block \(listing.location.block.value), byte \(listing.location.offset)"
    return CommandFailure(
      description: "\(pack) is wrong: the content of \(listing.path) is not what its entity tag says (\(place))",
      exitCode: ExitCode(3))
  }

  /// A body against the file it was packed from.
  private func compare(_ listing: Listing, _ digest: ContentHash.Digest) throws(CommandFailure) {
    guard let against, !listing.path.hasSuffix("/") else { return }
    let path = against + listing.path
    let found = try CommandFailure.catching { () throws(BuildError) in try ContentHash.digest(ofFile: path) }
    guard found == digest else { throw .failed("\(listing.path) differs from \(path)\n  pack the directory again") }
  }

  /// Says which files of the directory the pack does not have: they may be new, or have been left out.
  private func noteAdditions(to paths: Set<String>) throws(CommandFailure) {
    guard let against else { return }
    let found = try CommandFailure.catching { () throws(BuildError) in
      try PackBuilder.paths(of: against, options: BuildOptions())
    }
    let added = found.filter { !paths.contains($0) }
    for path in added.prefix(10) { CommandOutput.error("note: \(against)\(path) is not in the pack") }
    if added.count > 10 { CommandOutput.error("note: nor are \(added.count - 10) others") }
  }
}

extension Listing {
  /// Whether the entity tag is of the kind that this program makes: 128 bits of a SHA-256.
  fileprivate var hasDigestTag: Bool {
    tag.utf8.count == 34 && tag.dropFirst().dropLast().allSatisfy { $0.isHexDigit && !$0.isUppercase }
  }
}
