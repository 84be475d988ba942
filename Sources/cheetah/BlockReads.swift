import Cache
import LinuxLink
import Pack
import Server
import Time

/// The reads of an engine, done by the kernel or by threads: what the cache asks for goes to the reader, what has been read
/// goes back to the cache. Blocks that the cache asks for one after the other, and that lie so on the disk, are one read.
struct BlockReads: ~Copyable {
  /// Who reads.
  private(set) var reader: BlockReader
  /// A read the reader had no place for.
  private var refused: ReadRequest?
  /// A block behind the last run that did not belong to it.
  private var left: BlockRead?

  /// Starts the reader. It must be shut down before the engine goes, since it writes into the engine's memory.
  /// - Parameter method: the only one to be used; nil for the best there is.
  init(file: BlockFile, arena: borrowing BlockArena, by method: ReadMethod?) throws(SystemError) {
    let region = unsafe BlockRegion(firstFrame: arena.memory, frameCount: arena.frameCount)
    reader = try BlockReader(file: file, into: region, by: method, depth: max(arena.frameCount, 64))
  }

  /// What to wait for.
  var descriptorNumber: Int32 { reader.descriptorNumber }

  /// Hands the reads that are to be done to the reader.
  mutating func submit(_ engine: inout Engine) {
    while let request = nextRequest(&engine) {
      guard reader.submit(request) else {
        refused = request
        break
      }
    }
    reader.flush()
  }

  /// The next run of blocks to be read at once.
  private mutating func nextRequest(_ engine: inout Engine) -> ReadRequest? {
    if let request = refused.take() { return request }
    guard let first = left.take() ?? engine.nextRead() else { return nil }
    var request = ReadRequest(block: UInt64(first.block.value), frame: first.frame.number)
    while let read = engine.nextRead() {
      guard request.append(block: UInt64(read.block.value), frame: read.frame.number) else {
        left = read
        break
      }
    }
    return request
  }

  /// Hands the reads that are done to the engine.
  /// - Parameter report: told of every block that cannot be used, whether it was read, and why.
  mutating func complete(_ engine: inout Engine, at now: Instant, report: (BlockNumber, Bool, String) -> Void) {
    while let completion = reader.nextCompletion() {
      let block = BlockNumber(UInt32(truncatingIfNeeded: completion.block))
      let read = BlockRead(block: block, frame: Frame(completion.frame))
      let failure = engine.complete(read, isRead: completion.outcome == .filled, at: now)
      guard let failure else { continue }
      let offset = completion.block * UInt64(BlockGeometry.byteCount)
      let outcome = "block \(block.value) is \(completion.outcome) (offset \(offset))"
      let isRead = completion.outcome == .filled
      report(block, isRead, "\(reader.file.path) \(isRead ? failure.sentence : outcome)")
    }
  }

  /// Ends all reads.
  func shutDown() {
    reader.shutDown()
  }
}
