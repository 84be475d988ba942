import Cache
import Pack
import Testing

/// What happens when every frame is pinned or on its way.
struct CacheExhaustionTests {
  @Test func `Nobody is read for while everything is pinned, and the first who asked comes first`() {
    var bench = CacheBench(frames: 4)
    bench.fillWithPinned()
    for waiter in 1...5 { #expect(bench.request(UInt32(10 + waiter), by: waiter) == .awaited) }
    #expect(bench.readNumbers() == [])
    #expect(bench.cache.counters.exhausted == 5)
    bench.unpin(2)
    #expect(bench.readNumbers() == [11])
    bench.unpin(0)
    bench.unpin(1)
    #expect(bench.readNumbers() == [12, 13])
    #expect([UInt32](0..<4).map { bench.isResident($0) } == [false, false, false, true])
  }

  @Test func `Whoever comes later does not take the frame of those who wait`() {
    var bench = CacheBench(frames: 4)
    bench.fillWithPinned()
    _ = bench.request(10, by: 1)
    bench.unpin(0)
    #expect(bench.request(11, by: 2) == .awaited)
    #expect(bench.readNumbers() == [10])
  }

  @Test func `A block that waits for a frame is read once for all who want it`() {
    var bench = CacheBench(frames: 4)
    bench.fillWithPinned()
    for waiter in [1, 2, 3] { _ = bench.request(10, by: waiter) }
    #expect(bench.cache.counters.exhausted == 1)
    #expect(bench.cache.counters.joined == 2)
    for number in 0..<UInt32(4) { bench.unpin(number) }
    let reads = bench.reads()
    #expect(reads.map(\.block.value) == [10])
    for read in reads { _ = bench.finish(read) }
    #expect(bench.readyWaiters() == [1, 2, 3])
  }

  @Test func `A request that gave up leaves its turn to the next`() {
    var bench = CacheBench(frames: 4)
    bench.fillWithPinned()
    _ = bench.request(10, by: 1)
    _ = bench.request(11, by: 2)
    _ = bench.request(12, by: 3)
    bench.cache.cancel(waiter: 1)
    _ = bench.request(13, by: 2)
    bench.unpin(0)
    bench.unpin(1)
    #expect(bench.readNumbers() == [12, 13])
  }

  @Test func `Giving up alone does not end the wait of others for the same block`() {
    var bench = CacheBench(frames: 4)
    bench.fillWithPinned()
    _ = bench.request(10, by: 1)
    _ = bench.request(10, by: 2)
    bench.cache.cancel(waiter: 1)
    bench.unpin(0)
    for read in bench.reads() { _ = bench.finish(read) }
    #expect(bench.readyWaiters() == [2])
  }

  @Test func `Everybody may wait at once, and everybody is served in turn`() {
    var bench = CacheBench(frames: 4, waiters: 200)
    bench.fillWithPinned()
    for waiter in 0..<200 { #expect(bench.request(UInt32(1_000 + waiter), by: waiter) == .awaited) }
    for number in 0..<UInt32(4) { bench.unpin(number) }
    var served: [Int] = []
    for _ in 0..<200 where served.count < 200 {
      for read in bench.reads() { _ = bench.finish(read) }
      while let ready = bench.cache.nextReady() {
        served.append(ready.waiter)
        #expect(bench.request(UInt32(1_000 + ready.waiter), by: ready.waiter) == .resident)
      }
    }
    #expect(served == Array(0..<200))
    #expect(bench.cache.counters.evictions == 200)
  }

  @Test func `Blocks that were skipped while they were pinned can leave when they are not`() {
    var bench = CacheBench(frames: 4)
    for round in 0..<UInt32(20) {
      for number in 0..<UInt32(4) {
        bench.bring(100 * round + number)
        bench.pin(100 * round + number)
      }
      #expect(bench.request(100 * round + 50, by: 1) == .awaited)
      bench.cache.cancel(waiter: 1)
      for number in 0..<UInt32(4) { bench.unpin(100 * round + number) }
    }
    #expect(bench.cache.counters.resident == 4)
    #expect(bench.cache.counters.evictions == 76)
  }
}
