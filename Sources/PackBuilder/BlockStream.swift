import Pack
import SystemPackage
import Wire

/// Writes blocks one after the other. What is appended runs on from one block's payload into the next.
struct BlockStream: ~Copyable {
  private let descriptor: FileDescriptor
  private let path: String
  private let identity: UInt64
  private var memory = ByteArena(byteCount: BlockGeometry.byteCount)

  /// The block that is being filled.
  private(set) var block = BlockNumber(1)
  /// The next byte of its payload.
  private(set) var offset = 0
  /// Whether the payload is of the index.
  var kind = BlockKind.data

  /// A stream whose first block is block 1: the superblock is written last.
  init(to descriptor: FileDescriptor, path: String, identity: UInt64) {
    self.descriptor = descriptor
    self.path = path
    self.identity = identity
  }

  /// Bytes of payload that are left in the block.
  var room: Int { BlockGeometry.payloadCount - offset }

  /// Begins a new block unless so many bytes fit into this one.
  mutating func reserve(_ count: Int) throws(BuildError) {
    if count > room { try finishBlock() }
  }

  /// Moves to the next multiple of 8, in the next block if need be.
  mutating func align() throws(BuildError) {
    offset = (offset + 7) & ~7
    if offset >= BlockGeometry.payloadCount { try finishBlock() }
  }

  /// Writes into the block at its present place; `count` bytes, which must fit, are taken.
  mutating func write(_ count: Int, _ body: (inout MutableRawSpan, Int) -> Void) {
    precondition(count <= room, "reserve the room before")
    let start = offset
    offset += count
    var span = memory.mutableBytes(at: 0, count: BlockGeometry.byteCount)
    body(&span, start)
  }

  /// Appends bytes, over as many blocks as they take.
  mutating func append(_ bytes: RawSpan) throws(BuildError) {
    var rest = bytes
    while rest.byteCount > 0 {
      if room == 0 { try finishBlock() }
      let count = min(room, rest.byteCount)
      memory.copy(rest.extracting(first: count), to: offset)
      offset += count
      rest = rest.extracting(droppingFirst: count)
    }
  }

  /// Seals the block and writes it, if there is anything in it.
  mutating func finishBlock() throws(BuildError) {
    guard offset > 0 else { return }
    guard block.value < .max >> 1 else { throw .tooLarge }
    let trailer = BlockTrailer(kind: kind, number: block, identity: identity, used: offset)
    BlockStream.seal(&memory, trailer)
    try flush(to: block)
    block = block + 1
    offset = 0
  }

  /// Writes the superblock and makes everything permanent.
  mutating func finish(_ superblock: Superblock) throws(BuildError) {
    precondition(offset == 0, "finish the last block before")
    try FileSystem.synchronize(descriptor, path)
    BlockStream.write(superblock, to: &memory)
    try flush(to: BlockNumber(0))
    try FileSystem.synchronize(descriptor, path)
  }

  private static func seal(_ memory: inout ByteArena, _ trailer: BlockTrailer) {
    var span = memory.mutableBytes(at: 0, count: BlockGeometry.byteCount)
    trailer.seal(&span)
  }

  private static func write(_ superblock: Superblock, to memory: inout ByteArena) {
    var span = memory.mutableBytes(at: 0, count: BlockGeometry.byteCount)
    superblock.write(to: &span)
  }

  /// Writes the memory to the place of a block, and clears it.
  private mutating func flush(to block: BlockNumber) throws(BuildError) {
    let start = Int64(block.value) * Int64(BlockGeometry.byteCount)
    do {
      try FileSystem.write(memory.bytes(at: 0, count: BlockGeometry.byteCount), to: descriptor, at: start)
    } catch {
      throw .system("write", path, error)
    }
    memory.clear()
  }
}
