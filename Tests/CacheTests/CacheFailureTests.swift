import Cache
import Pack
import TestKit
import Testing
import Wire

/// Reads that fail, and blocks that are not what they should be.
struct CacheFailureTests {
  static let truncated = PackError.truncated(expected: 65_536, actual: 0)

  /// What becomes of block 7 when a read brings these bytes instead.
  static func outcome(of bytes: [UInt8]) -> (failure: PackError?, ready: [ReadyWaiter], isResident: Bool) {
    var bench = CacheBench(frames: 4)
    _ = bench.request(7, by: 3)
    var failure: PackError?
    for read in bench.reads() {
      bench.cache.fill(read, with: bytes.rawSpan)
      failure = bench.cache.complete(read, isRead: true)
    }
    return (failure, bench.ready(), bench.isResident(7))
  }

  @Test func `A block that rotted, one of another place and one of another pack fail with their reason`() {
    var blocks = TestBlocks()
    var rotten = blocks.block(7)
    rotten[30_000] ^= 4
    var foreign = blocks.block(7)
    foreign.withMutableRawSpan { span in
      BlockTrailer(kind: .data, number: BlockNumber(7), identity: 1, used: 0).seal(&span)
    }
    let cases: [([UInt8], PackError)] = [
      (rotten, .corrupt(BlockNumber(7))), (blocks.block(8), .misplaced(BlockNumber(7))),
      (foreign, .misplaced(BlockNumber(7))),
    ]
    for (bytes, reason) in cases {
      let outcome = CacheFailureTests.outcome(of: bytes)
      #expect(outcome.failure == reason)
      #expect(outcome.ready.map(\.waiter) == [3])
      #expect(outcome.ready.map(\.failure) == [reason])
      #expect(!outcome.isResident)
    }
  }

  @Test func `What a device refuses to read is a block of which nothing is there`() {
    var bench = CacheBench(frames: 4)
    _ = bench.request(7, by: 0)
    _ = bench.request(7, by: 1)
    for read in bench.reads() { #expect(bench.fail(read) == CacheFailureTests.truncated) }
    let ready = bench.ready()
    #expect(ready.map(\.waiter) == [0, 1])
    #expect(ready.allSatisfy { $0.isFailed && $0.failure == CacheFailureTests.truncated })
    #expect(bench.cache.counters.failures == 1)
    #expect(bench.cache.counters.resident == 0)
  }

  @Test func `A block that failed is read again when it is asked for again`() {
    var bench = CacheBench(frames: 4)
    for _ in 0..<10 {
      #expect(bench.request(7, by: 0) == .awaited)
      for read in bench.reads() { _ = bench.fail(read) }
      #expect(bench.ready().map(\.isFailed) == [true])
    }
    bench.bring(7)
    #expect(bench.number(in: 7) == 7)
    #expect(bench.cache.counters.misses == 11)
  }

  @Test func `A frame whose read failed goes to whom it is due`() {
    var bench = CacheBench(frames: 4)
    for number in 0..<UInt32(4) { _ = bench.request(number, by: Int(number)) }
    let reads = bench.reads()
    #expect(bench.request(9, by: 9) == .awaited)
    #expect(bench.readNumbers() == [])
    for read in reads.prefix(1) { _ = bench.fail(read) }
    #expect(bench.readNumbers() == [9])
  }

  /// A run of 60 requests by three waiters over twelve blocks in five frames, in which the `failing`th read fails.
  /// - Returns: how many reads there were, and who got something other than the block asked for.
  static func run(failing: Int, _ random: SeededRandom) -> (reads: Int, failed: [UInt32], wrong: [UInt32]) {
    var random = random
    var bench = CacheBench(frames: 5, waiters: 3)
    var result: (reads: Int, failed: [UInt32], wrong: [UInt32]) = (0, [], [])
    for _ in 0..<60 {
      let number = UInt32.random(in: 0..<12, using: &random)
      let waiter = Int.random(in: 0..<3, using: &random)
      while bench.request(number, by: waiter) == .awaited {
        for read in bench.reads() {
          result.reads += 1
          _ = result.reads == failing ? bench.fail(read) : bench.finish(read)
        }
        let ready = bench.ready()
        if ready.map(\.waiter) == [waiter], ready.allSatisfy(\.isFailed) { result.failed.append(number) }
      }
      if bench.number(in: number) != number { result.wrong.append(number) }
    }
    return result
  }

  @Test func `Whichever read fails, one waiter hears of it, and all blocks come in the end`() {
    let random = SeededRandom(seed: 0x4E54_4820)
    let reads = CacheFailureTests.run(failing: 0, random).reads
    #expect(reads > 20, "\(random)")
    for failing in 1...reads {
      let run = CacheFailureTests.run(failing: failing, random)
      #expect(run.failed.count == 1, "read \(failing), \(random)")
      #expect(run.wrong == [], "read \(failing), \(random)")
    }
  }
}
