import ArgumentParser
import Pack
import SystemPackage
import Wire

/// `cheetah inspect`
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what is in a pack.",
    discussion: """
      EXAMPLES
        cheetah inspect site.cheetah                      every path, what it is and where it lies
        cheetah inspect site.cheetah /index.html          its record, its stored head, the sums of its body
        cheetah inspect site.cheetah /logo.png --extract logo.png
      """)

  @Argument(help: "The pack.")
  var pack: String

  @Argument(help: "A path in it, as it is asked for.")
  var path: String?

  @Flag(help: "Say it in JSON, a line for each path.")
  var json = false

  @Option(help: "Write the body of the path to this file.")
  var extract: String?

  func validate() throws {
    if extract != nil, path == nil { throw ValidationError("say which path to extract") }
  }

  func run() throws {
    var reader = try PackReader(path: pack)
    guard let path else {
      try list(&reader)
      return
    }
    guard let listing = try listings(&reader).first(where: { $0.path == path }) else {
      throw CommandFailure.failed("\(pack) has no path \(path)\n  see which it has:   cheetah inspect \(pack)")
    }
    if let extract {
      try write(listing, to: extract, &reader)
    } else if json {
      CommandOutput.print(listing.json)
    } else {
      try show(listing, &reader)
    }
  }

  /// All paths in the order of their bytes.
  private func listings(_ reader: inout PackReader) throws(CommandFailure) -> [Listing] {
    var listings: [Listing] = []
    for entry in try reader.entries().sorted(by: { $0.record.block < $1.record.block }) {
      listings.append(try Listing(entry.record, &reader))
    }
    return listings.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private func list(_ reader: inout PackReader) throws(CommandFailure) {
    let listings = try listings(&reader)
    if json {
      listings.forEach { CommandOutput.print($0.json) }
      return
    }
    let superblock = reader.superblock
    CommandOutput.print(
      "\(pack): \(superblock.entryCount) paths, \(superblock.blockCount) blocks, index in "
        + "\(superblock.indexBlockCount), identity \(String(superblock.identity, radix: 16))")
    let width = min(listings.map(\.path.count).max() ?? 0, 60)
    for listing in listings { CommandOutput.print(listing.row(width: width)) }
  }

  private func show(_ listing: Listing, _ reader: inout PackReader) throws(CommandFailure) {
    CommandOutput.print("path     \(listing.path)")
    CommandOutput.print("record   block \(listing.location.block.value), byte \(listing.location.offset)")
    guard let representation = listing.representation else {
      CommandOutput.print("redirect \(listing.target)")
      return
    }
    let (head, body) = (representation.head, representation.body)
    CommandOutput.print("body     \(body.count) bytes from block \(body.block.value), byte \(body.offset)")
    CommandOutput.print("tag      \(listing.tag)")
    let slots = "slots: Date \(head.date), Connection \(head.connection)"
    CommandOutput.print("head     \(head.count) bytes at byte \(head.offset); \(slots)")
    try reader.load(listing.location.block)
    let text = reader.text(head.offset..<(head.offset + head.count))
    text.split(separator: "\r\n").forEach { CommandOutput.print("         | \($0)") }
    try showSums(body, &reader)
  }

  /// The sum of the body's part in each block, as it is stored.
  private func showSums(_ body: BodyLocation, _ reader: inout PackReader) throws(CommandFailure) {
    var position: UInt64 = 0
    while position < body.count {
      let (block, offset) = body.place(of: position)
      let count = Int(min(body.count - position, UInt64(BlockGeometry.payloadCount - offset)))
      try reader.load(block)
      let sum = StoredSums.sum(of: offset..<(offset + count), in: reader.bytes())
      let digits = String(sum.folded, radix: 16)
      CommandOutput.print("sum      block \(block.value), \(count) bytes: 0x\(digits)")
      position += UInt64(count)
    }
  }

  private func write(_ listing: Listing, to path: String, _ reader: inout PackReader) throws(CommandFailure) {
    guard let representation = listing.representation else {
      throw .failed("\(listing.path) has no body: it leads to \(listing.target)")
    }
    do {
      let options: FileDescriptor.OpenOptions = [.create, .truncate]
      let output = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: options, permissions: [.ownerReadWrite, .groupRead, .otherRead])
      defer { try? output.close() }
      try reader.readBody(representation.body) { bytes throws(CommandFailure) in
        let piece = (0..<bytes.byteCount).map { bytes.byte(at: $0) }
        guard (try? output.writeAll(piece)) != nil else { throw .failed("cannot write \(path)") }
      }
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw .failed("cannot write \(path): \(error)")
    }
  }
}
