import Cache
import LinuxLink
import Pack
import Server
import Time

/// The reads of an engine, done by a pool of threads: what the cache asks for goes to the pool, what the pool has read goes
/// back to the cache.
struct BlockReads: ~Copyable {
  private let pool: ReaderPool
  /// A read the pool had no place for.
  private var refused: BlockRead?

  /// Starts the pool. It must be shut down before the engine goes, since it writes into the engine's memory.
  init(file: BlockFile, arena: borrowing BlockArena) throws(SystemError) {
    let region = unsafe BlockRegion(firstFrame: arena.memory, frameCount: arena.frameCount)
    pool = try ReaderPool(file: file, into: region, depth: max(arena.frameCount, 64))
  }

  /// What to wait for.
  var descriptorNumber: Int32 { pool.descriptorNumber }

  /// Hands the reads that are to be done to the pool.
  mutating func submit(_ engine: inout Engine) {
    while let read = refused ?? engine.nextRead() {
      refused = nil
      guard pool.submit(block: UInt64(read.block.value), frame: read.frame.number) else {
        refused = read
        return
      }
    }
  }

  /// Hands the reads that are done to the engine.
  /// - Parameter report: told of every block that cannot be used, and why.
  mutating func complete(_ engine: inout Engine, at now: Instant, report: (String) -> Void) {
    while let completion = pool.nextCompletion() {
      let block = BlockNumber(UInt32(truncatingIfNeeded: completion.block))
      let read = BlockRead(block: block, frame: Frame(completion.frame))
      let failure = engine.complete(read, isRead: completion.outcome == .filled, at: now)
      guard let failure else { continue }
      let reason = completion.outcome == .filled ? failure.sentence : "block \(block.value): \(completion.outcome)"
      report("\(pool.file.path) \(reason)")
    }
  }

  /// Ends the threads.
  func shutDown() {
    pool.shutDown()
  }
}
