import Pack
import TestKit
import Testing
import Wire

/// A pack, read as a server reads it: by a path's hash, one block of the index and then the record.
struct PackedSite {
  /// All of it.
  let bytes: [UInt8]
  /// The first block.
  let superblock: Superblock

  /// A form of a file.
  struct Form: Equatable {
    /// How it is coded.
    var coding: Representation.Coding
    /// The stored head, with its slots still open.
    var head: String
    /// Where in it what is.
    var layout: HeadLayout
    /// The content.
    var body: [UInt8]
    /// Where it is.
    var place: BodyLocation

    /// The value of a field of the head.
    func field(_ name: String) -> String? {
      let line = head.split(separator: "\r\n").first { $0.hasPrefix(name + ": ") }
      return line.map { String($0.dropFirst(name.count + 2)) }
    }

    /// Part of the head.
    func part(_ range: (HeadLayout) -> Range<Int>) -> String {
      String(decoding: Array(head.utf8)[range(layout)], as: UTF8.self)
    }
  }

  /// What the pack has for a path.
  struct Answer: Equatable {
    /// The file in each of its codings, as it is first; none for a redirect.
    var forms: [Form] = []
    /// Where the path leads to; empty for a file.
    var target = ""
    /// The status of a redirect; 0 for a file.
    var status: UInt16 = 0
    /// The field lines of a redirect.
    var fields = ""
    /// Where the record is.
    var record: RecordLocation
    /// When the file was changed.
    var lastModified: Int64?

    /// The stored head of the file as it is.
    var head: String { forms.first?.head ?? "" }
    /// Where in it what is.
    var layout: HeadLayout? { forms.first?.layout }
    /// The file as it is.
    var body: [UInt8] { forms.first?.body ?? [] }
    /// Where that is.
    var place: BodyLocation? { forms.first?.place }

    /// The value of a field of the head.
    func field(_ name: String) -> String? { forms.first?.field(name) }

    /// Part of the head.
    func part(_ range: (HeadLayout) -> Range<Int>) -> String { forms.first?.part(range) ?? "" }
  }

  init(bytes: [UInt8]) throws {
    self.bytes = bytes
    superblock = try Superblock(parsing: Array(bytes.prefix(BlockGeometry.byteCount)).rawSpan)
  }

  /// A block, after a look whether it is whole.
  func block(_ number: BlockNumber) throws(PackError) -> [UInt8] {
    let start = min(Int(number.value) * BlockGeometry.byteCount, bytes.count)
    let block = Array(bytes[start..<min(start + BlockGeometry.byteCount, bytes.count)])
    _ = try BlockTrailer(verifying: block.rawSpan, as: number, of: superblock.identity)
    return block
  }

  /// Looks a path up.
  func answer(_ path: String) throws(PackError) -> Answer? {
    let key = Array(path.utf8)
    let hash = PathHash(key.rawSpan, seed: superblock.hashSeed)
    let number = superblock.indexBlock(for: hash)
    let index = try block(number)
    let count = try IndexBlock.count(of: index.rawSpan, number)
    var position = IndexBlock.lowerBound(of: hash, in: index.rawSpan, count: count)
    while position < count, IndexBlock.entry(position, of: index.rawSpan).hash == hash {
      let location = IndexBlock.entry(position, of: index.rawSpan).record
      let block = try block(location.block)
      let record = try Record(parsing: block.rawSpan, at: location)
      if Array(block[record.path]) == key { return try answer(record, location, block) }
      position += 1
    }
    return nil
  }

  private func answer(
    _ record: Record, _ location: RecordLocation, _ block: [UInt8]
  ) throws(PackError) -> Answer {
    var answer = Answer(record: location)
    answer.target = String(decoding: block[record.target], as: UTF8.self)
    answer.status = record.status
    answer.fields = String(decoding: block[record.fields], as: UTF8.self)
    for index in 0..<record.representationCount {
      let file = try record.representation(index, of: block.rawSpan, location.block)
      let head = block[file.head.offset..<(file.head.offset + file.head.count)]
      answer.forms.append(
        Form(
          coding: file.coding, head: String(decoding: head, as: UTF8.self), layout: file.head,
          body: try body(file.body), place: file.body))
      answer.lastModified = file.lastModified
    }
    return answer
  }

  private func body(_ location: BodyLocation) throws(PackError) -> [UInt8] {
    var body: [UInt8] = []
    while UInt64(body.count) < location.count {
      let (number, offset) = location.place(of: UInt64(body.count))
      let count = Int(min(UInt64(BlockGeometry.payloadCount - offset), location.count - UInt64(body.count)))
      body += try block(number)[offset..<(offset + count)]
    }
    return body
  }

  /// All entries of the index.
  func entries() throws(PackError) -> [IndexEntry] {
    var entries: [IndexEntry] = []
    for number in 0..<superblock.indexBlockCount {
      let index = superblock.firstIndexBlock + number
      let block = try block(index)
      for position in 0..<(try IndexBlock.count(of: block.rawSpan, index)) {
        entries.append(IndexBlock.entry(position, of: block.rawSpan))
      }
    }
    return entries
  }

  /// Checks everything that `verify` checks.
  /// - Returns: how many paths there are.
  func check() throws(PackError) -> Int {
    var entries: [IndexEntry] = []
    for number in 0..<superblock.blockCount {
      let block = try block(BlockNumber(number))
      let trailer = try PackCheck.block(block.rawSpan, as: BlockNumber(number), of: superblock)
      guard trailer.kind == .index else { continue }
      let count = try PackCheck.index(block.rawSpan, as: BlockNumber(number), of: superblock)
      for position in 0..<count { entries.append(IndexBlock.entry(position, of: block.rawSpan)) }
    }
    for entry in entries {
      let block = try block(entry.record.block)
      let record = try PackCheck.record(entry, in: block.rawSpan, of: superblock)
      _ = try answer(record, entry.record, block)
    }
    guard UInt64(entries.count) == superblock.entryCount else { throw .malformed(BlockNumber(0), offset: 32) }
    return entries.count
  }
}
