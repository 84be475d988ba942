import Cache
import Pack
import Testing

/// Reads before anybody asks.
struct CachePrefetchTests {
  @Test func `What was read ahead is there when it is asked for`() {
    var bench = CacheBench(frames: 8)
    bench.cache.prefetch(BlockNumber(7))
    for read in bench.reads() { #expect(bench.finish(read) == nil) }
    #expect(bench.ready() == [])
    #expect(bench.request(7, by: 0) == .resident)
    #expect(bench.cache.counters.prefetched == 1)
    #expect(bench.cache.counters.misses == 0)
  }

  @Test func `Reads that somebody waits for go before reads ahead`() {
    var bench = CacheBench(frames: 8)
    bench.cache.prefetch(BlockNumber(1))
    bench.cache.prefetch(BlockNumber(2))
    _ = bench.request(10, by: 0)
    _ = bench.request(11, by: 1)
    #expect(bench.readNumbers() == [10, 11, 1, 2])
  }

  @Test func `A read ahead that somebody comes to wait for is not put off any more`() {
    var bench = CacheBench(frames: 16)
    for number in [20, 30, 40] as [UInt32] { bench.cache.prefetch(BlockNumber(number)) }
    #expect(bench.request(30, by: 0) == .awaited)
    _ = bench.request(10, by: 1)
    let reads = bench.reads()
    #expect(reads.map(\.block.value) == [30, 10, 20, 40])
    for read in reads { _ = bench.finish(read) }
    #expect(bench.readyWaiters() == [0, 1])
  }

  @Test func `Blocks side by side on the disk come one after the other, whatever was asked for first`() {
    var bench = CacheBench(frames: 32)
    _ = bench.request(6, by: 0)
    _ = bench.request(20, by: 1)
    for number in [4, 5, 7, 8, 21] as [UInt32] { bench.cache.prefetch(BlockNumber(number)) }
    #expect(bench.readNumbers() == [4, 5, 6, 7, 8, 20, 21])
  }

  @Test func `A read does not grow for ever while somebody else waits`() {
    var bench = CacheBench(frames: 200)
    _ = bench.request(0, by: 0)
    _ = bench.request(1_000, by: 1)
    for number in 1..<UInt32(60) { bench.cache.prefetch(BlockNumber(number)) }
    #expect(bench.readNumbers().firstIndex(of: 1_000) == BlockCache.longestRun)
  }

  @Test func `The block that somebody waits for is in the read, however many go before it`() {
    var bench = CacheBench(frames: 200)
    for number in 0..<UInt32(60) { bench.cache.prefetch(BlockNumber(number)) }
    _ = bench.request(50, by: 0)
    #expect(bench.readNumbers().prefix(BlockCache.longestRun).contains(50))
  }

  @Test func `What is there, on its way or waiting for a frame is not read ahead`() {
    var bench = CacheBench(frames: 8)
    bench.bring(1)
    _ = bench.request(2, by: 0)
    for number in 1...2 as ClosedRange<UInt32> { bench.cache.prefetch(BlockNumber(number)) }
    #expect(bench.readNumbers() == [2])
    #expect(bench.cache.counters.prefetched == 0)
  }

  @Test func `Reads ahead take half of the frames at most`() {
    var bench = CacheBench(frames: 8)
    for number in 0..<UInt32(8) { bench.cache.prefetch(BlockNumber(number)) }
    #expect(bench.readNumbers() == [0, 1, 2, 3])
  }

  @Test func `Reads ahead neither evict what is pinned nor overtake who waits for a frame`() {
    var bench = CacheBench(frames: 4)
    bench.fillWithPinned()
    bench.cache.prefetch(BlockNumber(20))
    #expect(bench.readNumbers() == [])
    _ = bench.request(10, by: 0)
    bench.unpin(0)
    bench.cache.prefetch(BlockNumber(20))
    #expect(bench.readNumbers() == [10])
    #expect([UInt32](1..<4).allSatisfy { bench.isResident($0) })
  }

  @Test func `A read ahead that fails disturbs nobody`() {
    var bench = CacheBench(frames: 4)
    bench.cache.prefetch(BlockNumber(7))
    for read in bench.reads() { #expect(bench.fail(read) != nil) }
    #expect(bench.ready() == [])
    #expect(bench.request(7, by: 0) == .awaited)
  }
}
