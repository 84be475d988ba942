import LinuxLink
import Pack
import Wire

/// Reads a pack block by block, for commands that look at all of it.
struct PackReader: ~Copyable {
  /// The pack's file.
  let file: BlockFile
  /// What it says of itself.
  let superblock: Superblock

  private var memory: ByteArena
  private var present: BlockNumber?

  /// Opens a pack and reads its superblock.
  /// - Throws: with exit code 3 when it is no pack, of another version, or cut off.
  init(path: String) throws(CommandFailure) {
    let (file, superblock) = try PackReader.open(path)
    self.file = file
    self.superblock = superblock
    self.memory = ByteArena(byteCount: BlockGeometry.byteCount)
  }

  private static func open(_ path: String) throws(CommandFailure) -> (BlockFile, Superblock) {
    let file = try CommandFailure.catching { () throws(SystemError) in try BlockFile(path: path) }
    guard file.blockCount > 0 else { throw .badPack(path, .notAPack) }
    let first = try CommandFailure.catching { () throws(SystemError) in try file.block(0) }
    var memory = ByteArena(byteCount: BlockGeometry.byteCount)
    memory.copy(first, to: 0)
    let superblock: Superblock
    do {
      superblock = try Superblock(parsing: memory.bytes(at: 0, count: BlockGeometry.byteCount))
    } catch {
      throw .badPack(path, error)
    }
    guard file.byteCount >= superblock.byteCount else {
      throw .badPack(path, .truncated(expected: superblock.byteCount, actual: file.byteCount))
    }
    return (file, superblock)
  }

  /// Reads and verifies a block; `bytes` then has it.
  mutating func load(_ block: BlockNumber) throws(CommandFailure) {
    guard block != present else { return }
    present = nil
    let content = try CommandFailure.catching { () throws(SystemError) in try file.block(UInt64(block.value)) }
    memory.copy(content, to: 0)
    do {
      _ = try BlockTrailer(verifying: bytes(), as: block, of: superblock.identity)
    } catch {
      throw .badPack(file.path, error)
    }
    present = block
  }

  /// All bytes of the block that was loaded last.
  @_lifetime(borrow self)
  borrowing func bytes() -> RawSpan {
    memory.bytes(at: 0, count: BlockGeometry.byteCount)
  }

  /// The record at a place.
  mutating func record(at location: RecordLocation) throws(CommandFailure) -> Record {
    guard location.block < BlockNumber(superblock.blockCount) else {
      throw .badPack(file.path, .malformed(location.block, offset: location.offset))
    }
    try load(location.block)
    do {
      return try Record(parsing: bytes(), at: location)
    } catch {
      throw .badPack(file.path, error)
    }
  }

  /// The first representation of a record that was just read.
  mutating func representation(
    of record: Record, at location: RecordLocation
  ) throws(CommandFailure) -> Representation {
    try load(location.block)
    do {
      return try record.representation(0, of: bytes(), location.block)
    } catch {
      throw .badPack(file.path, error)
    }
  }

  /// All entries of the index.
  mutating func entries() throws(CommandFailure) -> [IndexEntry] {
    var entries: [IndexEntry] = []
    for number in 0..<superblock.indexBlockCount {
      let block = superblock.firstIndexBlock + number
      try load(block)
      do {
        let count = try IndexBlock.count(of: bytes(), block)
        for position in 0..<count { entries.append(IndexBlock.entry(position, of: bytes())) }
      } catch {
        throw .badPack(file.path, error)
      }
    }
    return entries
  }

  /// Text out of the block that was loaded last.
  borrowing func text(_ range: Range<Int>) -> String {
    let span = bytes()
    return String(decoding: range.map { span.byte(at: $0) }, as: UTF8.self)
  }

  /// Hands the pieces of a body, in order, to `take`.
  mutating func readBody(
    _ body: BodyLocation, _ take: (RawSpan) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    var position: UInt64 = 0
    while position < body.count {
      let (block, offset) = body.place(of: position)
      guard block < BlockNumber(superblock.blockCount) else {
        throw .badPack(file.path, .malformed(block, offset: offset))
      }
      try load(block)
      let count = Int(min(body.count - position, UInt64(BlockGeometry.payloadCount - offset)))
      try take(bytes().extracting(offset..<(offset + count)))
      position += UInt64(count)
    }
  }
}
