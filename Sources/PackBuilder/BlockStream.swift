import Pack
import SystemPackage
import Wire

/// Writes blocks one after the other. What is appended runs on from one block's payload into the next.
struct BlockStream: ~Copyable {
  private let descriptor: FileDescriptor
  private let path: String
  private let identity: UInt64
  private var memory = ByteArena(byteCount: BlockGeometry.byteCount)

  /// The block that is being filled. The superblock is written last.
  private var block = BlockNumber(1)
  /// The next byte of its payload.
  private var offset = 0
  /// What the block's payload is.
  private var kind = BlockKind.data

  /// A stream to an open file, whose path is for messages.
  init(to descriptor: FileDescriptor, path: String, identity: UInt64) {
    self.descriptor = descriptor
    self.path = path
    self.identity = identity
  }

  /// Moves on to a place in this block or at the front of the next. What is left out are zeros.
  mutating func advance(to place: RecordLocation) throws(BuildError) {
    if place.block != block { try finishBlock() }
    precondition(place.block == block && place.offset >= offset, "a layout leads forward")
    offset = place.offset
  }

  /// Writes `count` bytes, which must fit into the block, in place.
  mutating func write(_ count: Int, _ body: (inout MutableRawSpan, Int) -> Void) {
    precondition(count <= BlockGeometry.payloadCount - offset, "a layout leaves the room")
    let start = offset
    offset += count
    var span = memory.mutableBytes(at: 0, count: BlockGeometry.byteCount)
    body(&span, start)
  }

  /// Appends bytes, over as many blocks as they take.
  mutating func append(_ bytes: RawSpan) throws(BuildError) {
    var rest = bytes
    while rest.byteCount > 0 {
      if offset == BlockGeometry.payloadCount { try finishBlock() }
      let count = min(BlockGeometry.payloadCount - offset, rest.byteCount)
      memory.copy(rest.extracting(first: count), to: offset)
      offset += count
      rest = rest.extracting(droppingFirst: count)
    }
  }

  /// Writes a block of the index.
  mutating func write(_ entries: ArraySlice<IndexEntry>) throws(BuildError) {
    if kind == .data, offset > 0 { try finishBlock() }
    kind = .index
    let entries = Array(entries)
    write(IndexBlock.used(by: entries.count)) { span, _ in IndexBlock.write(entries, to: &span) }
    try finishBlock()
  }

  /// Writes the superblock, once everything else is on the disk.
  mutating func finish(_ superblock: Superblock) throws(BuildError) {
    precondition(block.value == superblock.blockCount && offset == 0, "a layout ends where its blocks do")
    try FileSystem.synchronize(descriptor, path)
    BlockStream.write(superblock, to: &memory)
    try flush(to: BlockNumber(0))
    try FileSystem.synchronize(descriptor, path)
  }

  /// Seals the block and writes it.
  private mutating func finishBlock() throws(BuildError) {
    BlockStream.seal(&memory, BlockTrailer(kind: kind, number: block, identity: identity, used: offset))
    try flush(to: block)
    block = block + 1
    offset = 0
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
