/// Threads that read blocks, so that the loop never waits for the disk.
///
/// The loop submits, waits for `descriptorNumber` among other things, and takes completions in the order in which the
/// disk delivers. One thread submits and takes; the pool ends its threads when it goes.
package final class ReaderPool {
  /// The pack it reads.
  package let file: BlockFile

  private let exchange: ReadExchange
  private var threads: [WorkerThread] = []

  /// Starts the threads.
  /// - Parameters:
  ///   - file: the pack.
  ///   - region: the memory blocks are read into.
  ///   - depth: how much is at the disk at the same time: a thread for each read.
  ///   - mostBlocks: blocks under way or waiting, at most; reads beyond are not taken.
  package init(
    file: BlockFile, into region: BlockRegion, depth: ReadDepth = .standard, mostBlocks: Int = 256
  ) throws(SystemError) {
    precondition(mostBlocks > 0, "a pool reads something")
    self.file = file
    exchange = try ReadExchange(mostBlocks: mostBlocks)
    for _ in 0..<depth.reads {
      let reader = Reader(file: file, region: region, exchange: exchange)
      threads.append(try WorkerThread(name: "cheetah-read") { reader.run() })
    }
  }

  /// What to wait for: readable while there are completions.
  package var descriptorNumber: Int32 { exchange.bell.number }

  /// Asks for blocks to be read into frames, each of which belongs to the reader until its completion is taken.
  /// - Returns: false when that would be more than `mostBlocks` blocks under way; take completions first.
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
    for thread in threads { thread.join() }
    threads = []
  }

  deinit {
    shutDown()
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

  /// Reads until the exchange says that it is time to end. Signals are for the loop's thread, and so is the processor on which a
  /// worker that has mounted a new pack may be kept.
  func run() {
    SignalSet.all.block()
    Processors.freeThread()
    let places = ReadPlaces()
    while let request = exchange.nextRequest() {
      file.read(request, into: region, by: places) { number, outcome in
        exchange.complete(request.completion(of: number, outcome))
      }
    }
  }
}
