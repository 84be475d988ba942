/// Who reads blocks: io_uring, or threads where the kernel refuses that.
package enum ReadMethod: Equatable, Sendable {
  /// A ring shared with the kernel (io_uring(7)).
  case uring
  /// A pool of threads.
  case threads
}

/// Reads blocks of a pack into the memory of a cache, by whatever way the machine allows; the loop never waits.
package struct BlockReader: ~Copyable {
  /// The pack it reads.
  package let file: BlockFile
  /// How it reads.
  package let method: ReadMethod
  /// Why io_uring is not used although it was to be tried; nil when nothing is wrong.
  package let refusal: SystemError?
  /// Reads that were begun: one for each run of consecutive blocks.
  package private(set) var readCount: UInt64 = 0
  /// Blocks of them.
  package private(set) var blockCount: UInt64 = 0

  private let ring: RingReader?
  private let pool: ReaderPool?

  /// Starts to read.
  /// - Parameters:
  ///   - file: the pack.
  ///   - region: the memory blocks are read into. The reader must be shut down before it goes.
  ///   - method: the only one to be used; nil for io_uring, and threads where it is refused.
  ///   - depth: how much is at the disk at the same time.
  ///   - mostBlocks: blocks under way, at most.
  package init(
    file: BlockFile, into region: BlockRegion, by method: ReadMethod? = nil, depth: ReadDepth = .standard,
    mostBlocks: Int
  ) throws(SystemError) {
    let (ring, refusal) =
      method == .threads ? (nil, nil) : BlockReader.ring(file: file, into: region, depth: depth, mostBlocks: mostBlocks)
    if method == .uring, let refusal { throw refusal }
    pool = ring == nil ? try ReaderPool(file: file, into: region, depth: depth, mostBlocks: mostBlocks) : nil
    (self.file, self.ring, self.refusal) = (file, ring, refusal)
    self.method = ring == nil ? .threads : .uring
  }

  /// A ring, or why there is none.
  private static func ring(
    file: BlockFile, into region: BlockRegion, depth: ReadDepth, mostBlocks: Int
  ) -> (RingReader?, SystemError?) {
    do throws(SystemError) {
      return (try RingReader(file: file, into: region, depth: depth, mostBlocks: mostBlocks), nil)
    } catch {
      return (nil, error)
    }
  }

  /// What to wait for: readable while there are completions.
  package var descriptorNumber: Int32 { ring?.descriptorNumber ?? pool?.descriptorNumber ?? -1 }

  /// Asks for blocks to be read into frames, each of which belongs to the reader until its completion is taken. The disk
  /// learns of it by `flush` at the latest.
  /// - Returns: false when too much is under way; take completions first.
  package mutating func submit(_ request: ReadRequest) -> Bool {
    guard ring?.submit(request) ?? pool?.submit(request) ?? false else { return false }
    readCount += 1
    blockCount += UInt64(request.count)
    return true
  }

  /// Lets everything begin that was submitted.
  package func flush() { ring?.flush() }

  /// Notes which reads have ended, so that others are taken in their stead before what was read is looked at.
  package func gather() { ring?.reap() }

  /// The next block whose read has ended; nil when there is none.
  package func nextCompletion() -> ReadCompletion? { ring?.nextCompletion() ?? pool?.nextCompletion() }

  /// Waits for the reads that are under way. Nothing is read afterwards, and no frame touched.
  package func shutDown() {
    ring?.shutDown()
    pool?.shutDown()
  }
}
