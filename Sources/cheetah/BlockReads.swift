import Cache
import LinuxLink
import Pack
import Server
import SystemPackage
import Time

/// The reads of an engine, done by the kernel or by threads: what the cache asks for goes to the reader of its pack, what
/// has been read goes back to the cache. Blocks that the cache asks for one after the other, and that lie so on the disk, are
/// one read.
struct BlockReads: ~Copyable {
  /// A pack whose blocks are read.
  private struct Source: ~Copyable {
    let slot: PackSlot
    let superblock: Superblock
    var reader: BlockReader
  }

  /// The memory of the cache.
  private let region: BlockRegion
  private let method: ReadMethod?
  private let depth: ReadDepth
  /// The packs, the one that is served last.
  private var sources: [Holder]
  /// A read the reader had no place for. Those of other packs wait behind it: most packs share a disk.
  private var refused: (slot: PackSlot, request: ReadRequest)?
  /// A block behind the last run that did not belong to it.
  private var left: BlockRead?
  /// Blocks that were handed to the readers and have not come back.
  private var underWay = 0
  private let events: EventQueue
  private var readCountBefore: UInt64 = 0
  private var blockCountBefore: UInt64 = 0

  /// A source in an array, which holds nothing that cannot be copied.
  private final class Holder {
    var source: Source

    init(_ source: consuming Source) {
      self.source = source
    }
  }

  /// Starts to read a pack, in the first slot. All readers must be shut down before the engine goes, since they write into
  /// the engine's memory.
  /// - Parameters:
  ///   - method: the only one to be used; nil for the best there is.
  ///   - depth: how much of a pack is at the disk at the same time.
  init(
    file: BlockFile, _ superblock: Superblock, arena: borrowing BlockArena, by method: ReadMethod?, depth: ReadDepth
  ) throws(SystemError) {
    let memory = unsafe BlockRegion(firstFrame: arena.memory, frameCount: arena.frameCount)
    let queue = try EventQueue()
    let most = max(arena.frameCount, 64)
    let reader = try BlockReader(file: file, into: memory, by: method, depth: depth, mostBlocks: most)
    try queue.watch(reader.descriptorNumber, as: 0)
    region = memory
    events = queue
    (self.method, self.depth) = (method, depth)
    sources = [Holder(Source(slot: PackSlot(0), superblock: superblock, reader: reader))]
  }

  /// Starts to read another pack as well.
  mutating func open(_ file: BlockFile, _ superblock: Superblock, at slot: PackSlot) throws(SystemError) {
    let most = max(region.frameCount, 64)
    let reader = try BlockReader(file: file, into: region, by: method, depth: depth, mostBlocks: most)
    try events.watch(reader.descriptorNumber, as: UInt64(slot.number))
    sources.append(Holder(Source(slot: slot, superblock: superblock, reader: reader)))
  }

  /// Reads a pack no more, of which nothing is on its way.
  mutating func close(_ slot: PackSlot) {
    guard let place = sources.firstIndex(where: { $0.source.slot == slot }) else { return }
    let holder = sources.remove(at: place)
    holder.source.reader.shutDown()
    readCountBefore += holder.source.reader.readCount
    blockCountBefore += holder.source.reader.blockCount
  }

  /// What to wait for.
  var descriptorNumber: Int32 { events.descriptorNumber }

  /// Reads so far: one for each run of consecutive blocks.
  var readCount: UInt64 { sources.reduce(readCountBefore) { $0 + $1.source.reader.readCount } }

  /// Blocks of them.
  var blockCount: UInt64 { sources.reduce(blockCountBefore) { $0 + $1.source.reader.blockCount } }

  /// How the pack that is served is read.
  var text: ReadsText { ReadsText(sources[sources.count - 1].source.reader) }

  /// Hands the reads that are to be done to the readers. Most turns have none, and are not to ask every reader.
  mutating func submit(_ engine: inout Engine) {
    guard underWay > 0 || refused != nil || engine.hasReads else { return }
    while let (slot, request) = nextRequest(&engine) {
      guard let holder = source(of: slot) else { preconditionFailure("a block of no pack") }
      guard holder.source.reader.submit(request) else {
        refused = (slot, request)
        break
      }
      underWay += request.count
    }
    for holder in sources { holder.source.reader.flush() }
  }

  private func source(of slot: PackSlot) -> Holder? { sources.last { $0.source.slot == slot } }

  /// The next run of blocks to be read at once.
  private mutating func nextRequest(_ engine: inout Engine) -> (PackSlot, ReadRequest)? {
    if let refused = refused.take() { return refused }
    guard let first = left.take() ?? engine.nextRead() else { return nil }
    let slot = PackSlot(of: first.block)
    var request = ReadRequest(
      block: UInt64(PackSlot.own(first.block).value), frame: first.frame.number, part: first.bytes)
    while let read = engine.nextRead() {
      let number = UInt64(PackSlot.own(read.block).value)
      guard PackSlot(of: read.block) == slot, read.bytes.count == BlockGeometry.byteCount,
        request.append(block: number, frame: read.frame.number)
      else {
        left = read
        break
      }
    }
    return (slot, request)
  }

  /// Hands the reads that are done to the engine, and those that waited for them to the readers: first, so that the disk reads
  /// on while blocks are checked.
  /// - Parameter report: told of every block that cannot be used, and why.
  mutating func complete(_ engine: inout Engine, at now: Instant, report: (BadBlock) -> Void) {
    guard underWay > 0 else { return }
    for holder in sources { holder.source.reader.gather() }
    submit(&engine)
    for holder in sources {
      while let completion = holder.source.reader.nextCompletion() {
        underWay -= 1
        let own = BlockNumber(UInt32(truncatingIfNeeded: completion.block))
        let read = BlockRead(block: holder.source.slot.block(own), frame: Frame(completion.frame))
        let isRead = completion.outcome == .filled
        guard let failure = engine.complete(read, isRead: isRead, at: now) else { continue }
        let file = holder.source.reader.file
        let offset = completion.block * UInt64(BlockGeometry.byteCount)
        let outcome = "block \(own.value) is \(completion.outcome) (offset \(offset))"
        report(
          BadBlock(
            file: file, superblock: holder.source.superblock, number: own, isRead: isRead,
            words: "\(file.path) \(isRead ? failure.sentence : outcome)"))
      }
    }
  }

  /// Ends all reads.
  func shutDown() {
    for holder in sources { holder.source.reader.shutDown() }
  }
}
