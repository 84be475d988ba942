import SystemPackage
import Time

/// Reads for tools, which have nothing else to do meanwhile.
extension BlockFile {
  /// Reads consecutive blocks into frames of a region, the first into the frame `first`. Blocks the thread.
  /// - Throws: when a block is not there or not readable; the first such is named.
  package func read(
    _ blocks: Range<UInt64>, into region: BlockRegion, from first: Int = 0
  ) throws(SystemError) {
    let places = ReadPlaces()
    var next = blocks.lowerBound
    while next < blocks.upperBound {
      var request = ReadRequest(block: next, frame: first + Int(next - blocks.lowerBound))
      next += 1
      while next < blocks.upperBound, request.append(block: next, frame: first + Int(next - blocks.lowerBound)) {
        next += 1
      }
      var failure: SystemError?
      read(request, into: region, by: places) { number, outcome in
        if failure == nil { failure = self.failure(of: request.block + UInt64(number), outcome) }
      }
      if let failure { throw failure }
    }
  }

  /// Hands out consecutive blocks one by one, while those behind are being read.
  /// - Throws: when a block is not there or not readable, and what `body` throws.
  package func forEachBlock<Failure: Error>(
    of blocks: Range<UInt64>, _ wrap: (SystemError) -> Failure, _ body: (UInt64, RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    let ahead = BlockFile.framesAhead
    let region = BlockRegion(frameCount: ahead)
    var reader: BlockReader
    do throws(SystemError) {
      reader = try BlockReader(file: self, into: region, depth: .double, mostBlocks: ahead)
    } catch {
      throw wrap(error)
    }
    defer { reader.shutDown() }
    var outcomes = [ReadOutcome?](repeating: nil, count: ahead)
    var asked = blocks.lowerBound
    for block in blocks {
      // Half of the frames are read while the other half is looked at.
      while asked < blocks.upperBound, asked + UInt64(ahead / 2) <= block + UInt64(ahead) {
        asked = submit(asked, below: blocks.upperBound, to: &reader)
      }
      let frame = Int(block % UInt64(ahead))
      while outcomes[frame] == nil { collect(from: reader, &outcomes) }
      if let failure = outcomes[frame].flatMap({ failure(of: block, $0) }) { throw wrap(failure) }
      outcomes[frame] = nil
      try body(block, region.bytes(of: frame))
    }
  }

  /// Frames of the blocks that are looked at or on their way: 4 MiB.
  private static let framesAhead = 2 * ReadRequest.mostBlocks

  /// Asks for up to half of the frames' blocks.
  /// - Returns: the block behind them.
  private func submit(_ first: UInt64, below end: UInt64, to reader: inout BlockReader) -> UInt64 {
    let ahead = UInt64(BlockFile.framesAhead)
    var request = ReadRequest(block: first, frame: Int(first % ahead))
    var next = first + 1
    // A read does not go around the end of the region.
    while next < end, next % ahead != 0, request.append(block: next, frame: Int(next % ahead)) { next += 1 }
    let isTaken = reader.submit(request)
    precondition(isTaken, "there are as many reads as frames at most")
    reader.flush()
    return next
  }

  /// Waits for reads that have ended.
  private func collect(from reader: borrowing BlockReader, _ outcomes: inout [ReadOutcome?]) {
    var poller = Poller()
    _ = poller.watch(reader.descriptorNumber)
    // What the kernel has not taken is offered again.
    reader.flush()
    _ = poller.wait(until: MonotonicClock().now + .seconds(1))
    while let completion = reader.nextCompletion() { outcomes[completion.frame] = completion.outcome }
  }

  /// What is wrong with a block; nil when it was read.
  private func failure(of block: UInt64, _ outcome: ReadOutcome) -> SystemError? {
    switch outcome {
    case .filled: nil
    case .short: SystemError("read block \(block) of \(path): the file ends before", .invalidArgument)
    case .failed(let code): SystemError("read block \(block) of \(path)", code)
    }
  }
}
