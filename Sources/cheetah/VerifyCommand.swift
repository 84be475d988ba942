import ArgumentParser
import LinuxLink
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
      The first that is wrong is named by block and path, and the exit code is 3.

      EXAMPLES
        cheetah verify site.cheetah
        cheetah verify site.cheetah --against www
      """)

  @Argument(help: "The pack.")
  var pack: String

  @Option(help: "A directory whose files the pack's must equal, byte by byte.")
  var against: String?

  func run() throws {
    var reader = try PackReader(path: pack)
    for number in 1..<reader.superblock.blockCount {
      do {
        try reader.load(BlockNumber(number))
        try verifySums(of: BlockNumber(number), reader)
      } catch {
        throw try naming(BlockNumber(number), error)
      }
    }
    var files = 0
    let entries = try reader.entries().sorted { $0.record.block < $1.record.block }
    for entry in entries {
      let listing = try Listing(entry.record, &reader)
      guard listing.hash == entry.hash else {
        throw CommandFailure.badPack(pack, .malformed(entry.record.block, offset: entry.record.offset))
      }
      guard let representation = listing.representation else { continue }
      files += 1
      try compare(listing, representation, &reader)
    }
    CommandOutput.print("\(pack): \(reader.superblock.blockCount) blocks and \(entries.count) paths are whole")
  }

  /// The stored sums against sums of the bytes themselves.
  private func verifySums(of block: BlockNumber, _ reader: borrowing PackReader) throws(CommandFailure) {
    let bytes = reader.bytes()
    var end = 0
    while end < BlockGeometry.payloadCount {
      end = min(end + BlockGeometry.cellCount, BlockGeometry.payloadCount)
      let computed = InternetChecksum(summing: bytes.extracting(0..<end))
      guard StoredSums.sum(of: 0..<end, in: bytes) == computed else {
        throw .badPack(pack, .malformed(block, offset: BlockGeometry.sumOffset))
      }
    }
  }

  /// The same failure, with the paths that lie in the block.
  private func naming(_ block: BlockNumber, _ failure: CommandFailure) throws(CommandFailure) -> CommandFailure {
    var reader = try PackReader(path: pack)
    var paths: [String] = []
    guard let entries = try? reader.entries() else { return failure }
    for entry in entries {
      guard let listing = try? Listing(entry.record, &reader), let file = listing.representation else {
        if entry.record.block == block { paths.append("(an unreadable record)") }
        continue
      }
      let last = file.body.place(of: max(file.body.count, 1) - 1).block
      if file.body.block <= block, block <= last { paths.append(listing.path) }
    }
    guard !paths.isEmpty else { return failure }
    let names = paths.sorted().prefix(5).joined(separator: ", ") + (paths.count > 5 ? ", …" : "")
    return CommandFailure(
      description: failure.description + "\n  it holds: \(names)", exitCode: failure.exitCode)
  }

  /// A body against the file it was packed from.
  private func compare(
    _ listing: Listing, _ representation: Representation, _ reader: inout PackReader
  ) throws(CommandFailure) {
    guard let against, !listing.path.hasSuffix("/") else { return }
    let path = against + listing.path
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly) else {
      throw .failed("\(listing.path) is in the pack and cannot be read at \(path)")
    }
    defer { try? file.close() }
    var isEqual = true
    try reader.readBody(representation.body) { bytes throws(CommandFailure) in
      var content = [UInt8](repeating: 0, count: bytes.byteCount)
      let count = (try? FileSystem.read(file, into: &content)) ?? 0
      isEqual = isEqual && count == bytes.byteCount && content.indices.allSatisfy { content[$0] == bytes.byte(at: $0) }
    }
    var more = [UInt8](repeating: 0, count: 1)
    let isEnd = (try? FileSystem.read(file, into: &more)) == 0
    guard isEqual, isEnd else {
      throw .failed("\(listing.path) differs from \(path)\n  pack the directory again")
    }
  }
}
