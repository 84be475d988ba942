import CLinux
import Glibc
import SystemPackage

/// A block that was asked for has been read, or could not be.
package struct ReadCompletion: Equatable, Sendable {
  /// The number of the block.
  package let block: UInt64
  /// The frame it was to be read into.
  package let frame: Int
  /// How the read ended.
  package let outcome: ReadOutcome
}

/// Threads that read blocks, so that the loop never waits for the disk.
///
/// The loop submits, waits for `descriptorNumber` among other things, and takes completions in the order in which the
/// disk delivers. One thread submits and takes; the pool ends its threads when it goes.
package final class ReaderPool {
  /// The pack it reads.
  package let file: BlockFile

  private let exchange: ReadExchange
  private var threads: [pthread_t] = []

  /// Starts the threads.
  /// - Parameters:
  ///   - file: the pack.
  ///   - region: the memory blocks are read into.
  ///   - threadCount: reads that are at the disk at the same time.
  ///   - depth: reads under way or waiting, at most; those beyond are not taken.
  package init(
    file: BlockFile, into region: BlockRegion, threadCount: Int = 8, depth: Int = 256
  ) throws(SystemError) {
    precondition(threadCount > 0 && depth > 0, "a pool reads something")
    self.file = file
    exchange = try ReadExchange(depth: depth)
    for _ in 0..<threadCount {
      threads.append(try ReaderPool.start(Reader(file: file, region: region, exchange: exchange)))
    }
  }

  /// What to wait for: readable while there are completions.
  package var descriptorNumber: Int32 { exchange.bell.number }

  /// Asks for a block to be read into a frame, which belongs to the reader until the completion is taken.
  /// - Returns: false when `depth` reads are under way; take completions first.
  package func submit(block: UInt64, frame: Int) -> Bool {
    exchange.submit(ReadExchange.Request(block: block, frame: frame))
  }

  /// The next read that has ended; nil when none has.
  package func nextCompletion() -> ReadCompletion? {
    exchange.nextCompletion()
  }

  /// Ends the threads and waits for the reads they are at. Nothing is read afterwards, and no frame touched.
  package func shutDown() {
    exchange.stop(threadCount: threads.count)
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  deinit {
    shutDown()
  }

  private static func start(_ reader: Reader) throws(SystemError) -> pthread_t {
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(reader)
    let code = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Reader>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      unsafe context.release()
      throw SystemError("start a thread that reads blocks", Errno(rawValue: code))
    }
    return thread
  }
}

/// What one thread of the pool does.
private final class Reader: Sendable {
  let file: BlockFile
  let region: BlockRegion
  let exchange: ReadExchange

  init(file: BlockFile, region: BlockRegion, exchange: ReadExchange) {
    self.file = file
    self.region = region
    self.exchange = exchange
  }

  /// Reads until the exchange says that it is time to end. Signals are for the loop's thread.
  func run() {
    SignalSet.all.block()
    _ = unsafe clinux_name_thread("cheetah-read")
    while let request = exchange.nextRequest() {
      let outcome = unsafe file.read(block: request.block, into: region.memory(of: request.frame))
      exchange.complete(ReadCompletion(block: request.block, frame: request.frame, outcome: outcome))
    }
  }
}
