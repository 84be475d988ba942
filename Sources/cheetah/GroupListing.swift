import LinuxLink
import Pack

/// What of a pack is read together, as `inspect --groups` shows it.
struct GroupListing {
  /// Blocks that one read brings, and what has its record there.
  private struct Group {
    var run: BlockRun
    var files: [Listing] = []
  }

  private let path: String
  private var groups: [Group] = []

  /// Reads the groups of a pack.
  init(_ reader: inout PackReader) throws(CommandFailure) {
    path = reader.file.path
    var seen: Set<RecordLocation> = []
    for entry in try reader.entries() {
      let listing = try Listing(entry.record, &reader)
      // The other paths of a file, and what only leads to it, take no place worth telling.
      guard let representation = listing.representation else { continue }
      let head = RecordLocation(block: entry.record.block, offset: representation.head.offset)
      if seen.insert(head).inserted { add(listing, reader.superblock.group(of: entry)) }
    }
  }

  private mutating func add(_ listing: Listing, _ run: BlockRun) {
    if groups.last?.run != run { groups.append(Group(run: run)) }
    groups[groups.count - 1].files.append(listing)
  }

  /// Shows them, in the order in which they lie.
  func print(isJSON: Bool) {
    if !isJSON {
      let blocks = groups.reduce(0) { $0 + $1.run.count }
      let mean = Double(blocks * 10 / max(groups.count, 1)) / 10
      CommandOutput.print("\(path): \(groups.count) groups, \(mean) blocks to read for each")
    }
    for group in groups { CommandOutput.print(isJSON ? json(group) : text(group)) }
  }

  private func text(_ group: Group) -> String {
    let last = group.run.end.value - 1
    let blocks = group.run.count == 1 ? "block \(last)" : "blocks \(group.run.first.value)-\(last)"
    let pages = group.files.count { $0.type.hasPrefix("text/html") }
    let bytes = CommandOutput.bytes(group.files.reduce(0) { $0 + $1.byteCount(in: group.run) })
    let heading = "\(blocks): \(pages) pages, \(group.files.count - pages) others, \(bytes) of them here"
    let files = group.files.map { file in
      "  \(file.path)  \(CommandOutput.bytes(file.representations[0].body.count))\(file.note(in: group.run))"
    }
    return ([heading] + files).joined(separator: "\n")
  }

  private func json(_ group: Group) -> String {
    let files = group.files.map { file in
      let size = file.representations[0].body.count
      return "{\"path\":\"\(file.path.json)\",\"size\":\(size),\"bytesHere\":\(file.byteCount(in: group.run))}"
    }
    let place = "\"block\":\(group.run.first.value),\"blocks\":\(group.run.count)"
    return "{\(place),\"files\":[\(files.joined(separator: ","))]}"
  }
}

extension Listing {
  /// Bytes of its bodies that lie in a run of blocks as a whole.
  fileprivate func byteCount(in run: BlockRun) -> UInt64 {
    representations.filter { $0.lies(in: run) }.reduce(0) { $0 + $1.body.count }
  }

  /// Why a read of the run does not bring all of it; nothing where it does.
  fileprivate func note(in run: BlockRun) -> String {
    guard let body = representations.first?.body, !representations[0].lies(in: run) else { return "" }
    return run.contains(body.block) ? ", read on from here" : ", the same bytes as in block \(body.block.value)"
  }
}

extension Representation {
  /// Whether all of the body lies in a run of blocks.
  fileprivate func lies(in run: BlockRun) -> Bool {
    body.count == 0 || (run.contains(body.block) && run.contains(body.lastBlock))
  }
}
