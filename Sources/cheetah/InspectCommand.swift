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
        cheetah inspect site.cheetah --groups             what is read together
        cheetah inspect site.cheetah /index.html          its record, its stored head, the sums of its body
        cheetah inspect site.cheetah /logo.png --extract logo.png
        cheetah inspect site.cheetah /index.html --coding br --extract index.html.br
      """)

  @Argument(help: "The pack.")
  var pack: String

  @Argument(help: "A path in it, as it is asked for.")
  var path: String?

  @Flag(help: "Say it in JSON, a line for each path.")
  var json = false

  @Flag(help: "Show what is read together, and what that brings.")
  var groups = false

  @Option(help: "Write the body of the path to this file.")
  var extract: String?

  @Option(help: "The coding of the body to extract: identity, gzip, br or zstd.")
  var coding = "identity"

  func validate() throws {
    if extract != nil, path == nil { throw ValidationError("say which path to extract") }
    if groups, path != nil { throw ValidationError("groups are shown for the whole pack: leave the path out") }
  }

  func run() throws {
    var reader = try PackReader(path: pack)
    guard let path else {
      if groups { try GroupListing(&reader).print(isJSON: json) } else { try list(&reader) }
      return
    }
    guard let location = try reader.find(path) else {
      throw CommandFailure.failed("\(pack) has no path \(path)\n  see which it has:   cheetah inspect \(pack)")
    }
    let listing = try Listing(location, &reader)
    if let extract {
      try write(listing, to: extract, &reader)
    } else if json {
      try showJSON(listing, &reader)
    } else {
      try show(listing, &reader)
    }
  }

  /// All paths in the order of their bytes.
  private func list(_ reader: inout PackReader) throws(CommandFailure) {
    var listings: [Listing] = []
    for entry in try reader.entries() { listings.append(try Listing(entry.record, &reader)) }
    listings.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    if json {
      listings.forEach { CommandOutput.print("{\($0.json)}") }
      return
    }
    let superblock = reader.superblock
    CommandOutput.print(
      """
      \(pack): \(superblock.entryCount) paths, \(CommandOutput.bytes(superblock.byteCount)) \
      in \(superblock.blockCount) blocks, the index from block \(superblock.firstIndexBlock.value) on, \
      identity \(String(superblock.identity, radix: 16))
      """)
    printTable([["PATH", "SIZE", "BLOCKS", "ETAG", "TYPE"]] + listings.map(\.row))
  }

  private func printTable(_ rows: [[String]]) {
    let widths = (0..<5).map { column in min(rows.map { $0[column].count }.max() ?? 0, 60) }
    for row in rows {
      let cells = row.enumerated().map { column, text in text.padded(to: widths[column], isNumber: column == 1) }
      let line = cells.joined(separator: "  ")
      CommandOutput.print(String(line.reversed().drop { $0 == " " }.reversed()))
    }
  }

  private func show(_ listing: Listing, _ reader: inout PackReader) throws(CommandFailure) {
    CommandOutput.print("path      \(listing.path)")
    CommandOutput.print("record    block \(listing.location.block.value), byte \(listing.location.offset)")
    if listing.representations.isEmpty { CommandOutput.print("redirect  \(listing.target)") }
    for representation in listing.representations { try show(representation, of: listing, &reader) }
  }

  /// A form of a file: its head and its body.
  private func show(
    _ representation: Representation, of listing: Listing, _ reader: inout PackReader
  ) throws(CommandFailure) {
    let (head, body) = (representation.head, representation.body)
    CommandOutput.print("coding    \(representation.coding.name)")
    CommandOutput.print(
      "head      \(head.count) bytes at byte \(head.offset); a 304 and a 206 send the lines marked so")
    try reader.load(listing.location.block)
    let text = reader.text(head.offset..<(head.offset + head.count))
    StoredHeadView(text: text, layout: head).lines.forEach { CommandOutput.print("  \($0)") }
    CommandOutput.print("body      \(body.count) bytes from block \(body.block.value), byte \(body.offset)")
    try reader.forEachPiece(of: body) { piece, block throws(CommandFailure) in
      let sum = StoredSums.sum(of: piece.range, in: block).digits
      CommandOutput.print("  block \(piece.block.value), \(piece.range.count) bytes, sum 0x\(sum)")
    }
  }

  private func showJSON(_ listing: Listing, _ reader: inout PackReader) throws(CommandFailure) {
    guard let representation = listing.representation else {
      CommandOutput.print("{\(listing.json)}")
      return
    }
    let (head, body) = (representation.head, representation.body)
    try reader.load(listing.location.block)
    let text = reader.text(head.offset..<(head.offset + head.count))
    var sums: [String] = []
    try reader.forEachPiece(of: body) { piece, block throws(CommandFailure) in
      let sum = StoredSums.sum(of: piece.range, in: block).digits
      let place = "\"block\":\(piece.block.value),\"offset\":\(piece.range.lowerBound)"
      sums.append("{\(place),\"bytes\":\(piece.range.count),\"sum\":\"\(sum)\"}")
    }
    CommandOutput.print(
      """
      {\(listing.json),"head":"\(text.json)","headOffset":\(head.offset),"slots":{"date":\(head.date),\
      "connection":\(head.connection)},"sums":[\(sums.joined(separator: ","))]}
      """)
  }

  private func write(_ listing: Listing, to path: String, _ reader: inout PackReader) throws(CommandFailure) {
    guard !listing.representations.isEmpty else {
      throw .failed("\(listing.path) has no body: it leads to \(listing.target)")
    }
    guard let representation = listing.representations.first(where: { $0.coding.name == coding }) else {
      let codings = listing.representations.map(\.coding.name).joined(separator: ", ")
      throw .failed("\(listing.path) is not stored in the coding \(coding); there is \(codings)")
    }
    do {
      let output = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      defer { try? output.close() }
      try reader.forEachPiece(of: representation.body) { piece, block throws(CommandFailure) in
        do {
          _ = try output.writeAll(piece.range.map { block.byte(at: $0) })
        } catch {
          throw .failed("cannot write \(path): \(error)")
        }
      }
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw .failed("cannot write \(path): \(error)")
    }
  }
}

extension InternetChecksum {
  /// Four hexadecimal digits.
  fileprivate var digits: String {
    let digits = String(folded, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
