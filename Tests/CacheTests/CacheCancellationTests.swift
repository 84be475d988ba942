import Cache
import Pack
import Testing

/// Sessions that die while they wait.
struct CacheCancellationTests {
  @Test func `Whoever gave up is not woken, the others are, and the block stays`() {
    var bench = CacheBench(frames: 4)
    for waiter in 0..<3 { _ = bench.request(7, by: waiter) }
    bench.cache.cancel(waiter: 1)
    for read in bench.reads() { _ = bench.finish(read) }
    #expect(bench.readyWaiters() == [0, 2])
    #expect(bench.isResident(7) == true)
  }

  @Test func `A read that nobody waits for any more still fills its frame`() {
    var bench = CacheBench(frames: 4)
    _ = bench.request(7, by: 0)
    let reads = bench.reads()
    bench.cache.cancel(waiter: 0)
    for read in reads { #expect(bench.finish(read) == nil) }
    #expect(bench.ready() == [])
    #expect(bench.request(7, by: 1) == .resident)
  }

  @Test func `Whoever gave up between the read and the call is not called, and its block may leave`() {
    var bench = CacheBench(frames: 4)
    for number in 0..<UInt32(4) { _ = bench.request(number, by: Int(number)) }
    for read in bench.reads() { _ = bench.finish(read) }
    bench.cache.cancel(waiter: 2)
    _ = bench.request(10, by: 10)
    #expect(bench.readNumbers() == [10])
    #expect(bench.isResident(2) == false)
    #expect(bench.readyWaiters() == [0, 1, 3])
  }

  @Test func `Giving up twice, or without having waited, is nothing`() {
    var bench = CacheBench(frames: 4)
    bench.cache.cancel(waiter: 5)
    _ = bench.request(7, by: 5)
    bench.cache.cancel(waiter: 5)
    bench.cache.cancel(waiter: 5)
    for read in bench.reads() { _ = bench.finish(read) }
    #expect(bench.ready() == [])
  }

  @Test func `The next session of the same number begins anew`() {
    var bench = CacheBench(frames: 4)
    _ = bench.request(7, by: 5)
    for read in bench.reads() { _ = bench.finish(read) }
    #expect(bench.readyWaiters() == [5])
    bench.cache.cancel(waiter: 5)
    #expect(bench.request(7, by: 5) == .resident)
    #expect(bench.cache.counters.hits == 1)
  }
}
