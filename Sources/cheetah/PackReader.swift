import LinuxLink
import Pack
import PackBuilder
import SystemPackage
import Wire

/// Reads a pack block by block, for commands that look at all of it.
struct PackReader: ~Copyable {
  /// The pack's file.
  let file: BlockFile
  /// What it says of itself.
  let superblock: Superblock

  /// Frames for the blocks that are held, and a last one for any other.
  private let region: BlockRegion
  private var held: Range<UInt32> = 0..<0
  private var present: BlockNumber?
  private var frame = 0

  /// Opens a pack and reads its superblock.
  /// - Throws: with exit code 3 when it is no pack, of another version, or cut off.
  init(path: String) throws(CommandFailure) {
    let (file, superblock) = try PackReader.open(path)
    self.file = file
    self.superblock = superblock
    self.region = BlockRegion(frameCount: 1)
  }

  /// Another reader of a pack that is open, for another thread.
  /// - Parameter region: its memory: frames for the blocks that it will be asked to hold, and one more.
  init(of file: BlockFile, _ superblock: Superblock, in region: BlockRegion = BlockRegion(frameCount: 1)) {
    self.file = file
    self.superblock = superblock
    self.region = region
  }

  private static func open(_ path: String) throws(CommandFailure) -> (BlockFile, Superblock) {
    let file: BlockFile
    do {
      file = try BlockFile(path: path)
    } catch {
      guard error.code == .noSuchFileOrDirectory else { throw .failed(error.description) }
      throw .failed("cannot open \(path): there is no such file\n  make it:   cheetah pack DIRECTORY -o \(path)")
    }
    let first = try CommandFailure.catching { () throws(SystemError) in
      guard file.blockCount > 0 else { return front(of: path) }
      let region = BlockRegion(frameCount: 1)
      try file.read(0..<1, into: region)
      var bytes: [UInt8] = []
      bytes.append(region.bytes(of: 0))
      return bytes
    }
    let superblock: Superblock
    do {
      var memory = ByteArena(byteCount: BlockGeometry.byteCount)
      memory.copy(first, to: 0)
      superblock = try Superblock(parsing: memory.bytes(at: 0, count: first.count))
    } catch {
      throw .badPack(path, error)
    }
    guard file.byteCount >= superblock.byteCount else {
      throw .badPack(path, .truncated(expected: superblock.byteCount, actual: file.byteCount))
    }
    return (file, superblock)
  }

  /// What there is of a file that has less than a block.
  private static func front(of path: String) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: BlockGeometry.byteCount)
    guard let descriptor = try? FileDescriptor.open(FilePath(path), .readOnly) else { return [] }
    defer { try? descriptor.close() }
    let count = (try? FileSystem.read(descriptor, into: &bytes)) ?? 0
    return Array(bytes[..<count])
  }

  /// Reads and verifies a block; `bytes` then has it.
  mutating func load(_ block: BlockNumber) throws(CommandFailure) {
    guard block != present else { return }
    try loadUnverified(block)
    guard !held.contains(block.value) else { return present = block }
    try catching { () throws(PackError) in
      _ = try BlockTrailer(verifying: bytes(), as: block, of: superblock.identity)
    }
    present = block
  }

  /// Reads a block, whatever is in it; `bytes` then has it.
  mutating func loadUnverified(_ block: BlockNumber) throws(CommandFailure) {
    present = nil
    guard block.value < superblock.blockCount else { throw .badPack(file.path, .malformed(block, offset: 0)) }
    if held.contains(block.value) {
      frame = Int(block.value - held.lowerBound)
      return
    }
    frame = region.frameCount - 1
    let number = UInt64(block.value)
    try CommandFailure.catching { () throws(SystemError) in
      try file.read(number..<(number + 1), into: region, from: frame)
    }
  }

  /// Reads consecutive blocks at once and keeps them instead of those before: `load` finds them. Whoever asks for that
  /// verifies each.
  mutating func hold(_ blocks: Range<UInt32>) throws(CommandFailure) {
    precondition(blocks.count < region.frameCount, "fewer blocks were agreed on")
    (present, held) = (nil, 0..<0)
    try CommandFailure.catching { () throws(SystemError) in
      try file.read(UInt64(blocks.lowerBound)..<UInt64(blocks.upperBound), into: region)
    }
    held = blocks
  }

  /// Whether a body lies in the blocks that are held.
  func holds(_ body: BodyLocation) -> Bool {
    body.count == 0 || held.contains(body.block.value) && held.contains(body.lastBlock.value)
  }

  /// All bytes of the block that was loaded last.
  @_lifetime(borrow self)
  borrowing func bytes() -> RawSpan {
    region.bytes(of: frame)
  }

  /// The record at a place.
  mutating func record(at location: RecordLocation) throws(CommandFailure) -> Record {
    try load(location.block)
    return try catching { () throws(PackError) in try Record(parsing: bytes(), at: location) }
  }

  /// The representations of a record that was just read: none of a redirect.
  mutating func representations(
    of record: Record, at location: RecordLocation
  ) throws(CommandFailure) -> [Representation] {
    try load(location.block)
    var representations: [Representation] = []
    for index in 0..<record.representationCount {
      representations.append(
        try catching { () throws(PackError) in try record.representation(index, of: bytes(), location.block) })
    }
    return representations
  }

  /// Where the record of a path is; nil when the pack does not have the path.
  mutating func find(_ path: String) throws(CommandFailure) -> RecordLocation? {
    var arena = ByteArena(byteCount: max(path.utf8.count, 1))
    arena.copy(Array(path.utf8), to: 0)
    let key = arena.bytes(at: 0, count: path.utf8.count)
    let hash = PathHash(key, seed: superblock.hashSeed)
    let candidates = try entries(in: superblock.indexBlock(for: hash)).filter { $0.hash == hash }
    for candidate in candidates {
      let record = try record(at: candidate.record)
      if bytes().extracting(record.path).elementsEqual(key) { return candidate.record }
    }
    return nil
  }

  /// How many rules there are for paths that are not there.
  mutating func ruleCount() throws(CommandFailure) -> Int {
    guard let location = superblock.rules else { return 0 }
    try load(location.block)
    return try catching { () throws(PackError) in try PackCheck.rules(bytes(), at: location) }
  }

  /// The entries of a block of the index.
  mutating func entries(in block: BlockNumber) throws(CommandFailure) -> [IndexEntry] {
    try load(block)
    return try catching { () throws(PackError) in
      let count = try IndexBlock.count(of: bytes(), block)
      return (0..<count).map { IndexBlock.entry($0, of: bytes()) }
    }
  }

  /// All entries of the index, in the order of their records.
  mutating func entries() throws(CommandFailure) -> [IndexEntry] {
    var entries: [IndexEntry] = []
    for number in 0..<superblock.indexBlockCount {
      entries += try self.entries(in: superblock.firstIndexBlock + number)
    }
    return entries.sorted { ($0.record.block, $0.record.offset) < ($1.record.block, $1.record.offset) }
  }

  /// Text out of the block that was loaded last.
  borrowing func text(_ range: Range<Int>) -> String {
    let span = bytes()
    return String(decoding: range.map { span.byte(at: $0) }, as: UTF8.self)
  }

  /// Runs `body`, and says which pack its error is about.
  borrowing func catching<Result>(_ body: () throws(PackError) -> Result) throws(CommandFailure) -> Result {
    do {
      return try body()
    } catch {
      throw .badPack(file.path, error)
    }
  }
}
