import LinuxLink
import Pack
import Wire

/// A block that is not what it should be: which, where about in it, and whose.
struct Damage {
  private let error: PackError
  private let block: BlockNumber
  /// Where in the payload the bytes do not have the sums that are stored for them; nil when they do.
  private let cell: Range<Int>?

  /// Looks closer at the block that was loaded last.
  init(_ error: PackError, in block: BlockNumber, _ reader: borrowing PackReader) {
    self.error = error
    self.block = block
    cell = StoredSums.firstWrongCell(in: reader.bytes()).map { cell in
      (cell * BlockGeometry.cellCount)..<((cell + 1) * BlockGeometry.cellCount)
    }
  }

  /// A block that cannot even be read.
  init(unreadable block: BlockNumber) {
    error = .corrupt(block)
    self.block = block
    cell = nil
  }

  /// Says it all.
  func failure(_ reader: inout PackReader) throws(CommandFailure) -> CommandFailure {
    let failure = CommandFailure.badPack(reader.file.path, error)
    let lines = [failure.description] + details(&reader)
    return CommandFailure(description: lines.joined(separator: "\n"), exitCode: failure.exitCode)
  }

  /// Where about in the block it is, and whose.
  func details(_ reader: inout PackReader) -> [String] {
    var lines: [String] = []
    if let cell {
      let start = UInt64(block.value) * UInt64(BlockGeometry.byteCount) + UInt64(cell.lowerBound)
      lines.append("  its sums first fail in the \(BlockGeometry.cellCount) bytes from \(start) on")
    }
    if block == BlockNumber(0) || !(block < reader.superblock.firstIndexBlock) {
      lines.append("  it belongs to the \(block == BlockNumber(0) ? "superblock" : "index"): any path may be affected")
    } else {
      let paths = paths(in: cell, &reader)
      let names = paths.prefix(5).joined(separator: ", ") + (paths.count > 5 ? " and \(paths.count - 5) more" : "")
      if !paths.isEmpty { lines.append(cell == nil ? "  in the block: \(names)" : "  there: \(names)") }
    }
    return lines
  }

  /// The paths whose record, head or body lies in part of the block, or in any of it when the part is nil.
  private func paths(in part: Range<Int>?, _ reader: inout PackReader) -> [String] {
    var entries: [IndexEntry] = []
    for number in 0..<reader.superblock.indexBlockCount {
      // An index block may be bad as well: the others still name their paths.
      entries += (try? reader.entries(in: reader.superblock.firstIndexBlock + number)) ?? []
    }
    entries.sort { $0.record.block < $1.record.block }
    var (paths, loaded): (Set<String>, BlockNumber?) = ([], nil)
    for entry in entries where reader.superblock.kind(of: entry.record.block) == .data {
      if entry.record.block != loaded {
        guard (try? reader.loadUnverified(entry.record.block)) != nil else { continue }
        loaded = entry.record.block
      }
      if let path = path(of: entry, in: part ?? 0..<BlockGeometry.payloadCount, reader) { paths.insert(path) }
    }
    return paths.sorted()
  }

  /// The path of an entry that has something in the part. A record in a bad block is believed when its path has the hash
  /// that the index says.
  private func path(of entry: IndexEntry, in part: Range<Int>, _ reader: borrowing PackReader) -> String? {
    let (location, bytes) = (entry.record, reader.bytes())
    guard let record = try? Record(parsing: bytes, at: location),
      PathHash(bytes.extracting(record.path), seed: reader.superblock.hashSeed) == entry.hash
    else { return nil }
    let end = max(record.path.upperBound, record.target.upperBound)
    var isThere = location.block == block && part.overlaps(location.offset..<end)
    for index in 0..<record.representationCount {
      guard let file = try? record.representation(index, of: bytes, location.block) else { continue }
      let head = file.head.offset..<(file.head.offset + file.head.count)
      isThere = isThere || (location.block == block && part.overlaps(head)) || holds(file.body, part)
    }
    return isThere ? reader.text(record.path) : nil
  }

  /// Whether a body has bytes in the part.
  private func holds(_ body: BodyLocation, _ part: Range<Int>) -> Bool {
    guard body.count > 0, body.block <= block, block <= body.lastBlock else { return false }
    let start = body.block == block ? body.offset : 0
    let end = body.lastBlock == block ? body.place(of: body.count - 1).offset + 1 : BlockGeometry.payloadCount
    return part.overlaps(start..<end)
  }
}
