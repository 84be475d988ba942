import CLinux
import Glibc
import SystemPackage

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
  ///   - depth: blocks under way or waiting, at most; reads beyond are not taken.
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

  /// Asks for blocks to be read into frames, each of which belongs to the reader until its completion is taken.
  /// - Returns: false when that would be more than `depth` blocks under way; take completions first.
  package func submit(_ request: ReadRequest) -> Bool {
    exchange.submit(request)
  }

  /// The next block whose read has ended; nil when there is none.
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
    let places = ReadPlaces()
    while let request = exchange.nextRequest() {
      file.read(request, into: region, by: places) { number, outcome in
        exchange.complete(request.completion(of: number, outcome))
      }
    }
  }
}
