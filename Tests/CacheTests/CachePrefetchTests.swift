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
    var bench = CacheBench(frames: 8)
    for number in 1...3 as ClosedRange<UInt32> { bench.cache.prefetch(BlockNumber(number)) }
    #expect(bench.request(2, by: 0) == .awaited)
    _ = bench.request(10, by: 1)
    let reads = bench.reads()
    #expect(reads.map(\.block.value) == [2, 10, 1, 3])
    for read in reads { _ = bench.finish(read) }
    #expect(bench.readyWaiters() == [0, 1])
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
