import Cache
import Testing

/// The cache against what is known of it from outside.
struct CacheModelTests {
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `Few frames, many who wait`(seed: UInt64) {
    var model = CacheModel(frames: 4, waiters: 12, blocks: 14, seed: 0x4D4F_4445 + seed)
    for _ in 0..<3_000 { model.takeStep(requests: 50) }
    model.settle()
    let counters = model.bench.cache.counters
    // The run has been everywhere.
    #expect(counters.exhausted > 50 && counters.joined > 50 && counters.evictions > 50, "\(counters) \(model.random)")
    #expect(counters.failures > 10 && counters.hits > 50, "\(model.random)")
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `More frames than anybody needs at once`(seed: UInt64) {
    var model = CacheModel(frames: 16, waiters: 6, blocks: 40, seed: 0x524F_4F4D + seed)
    for _ in 0..<3_000 { model.takeStep(requests: 10) }
    model.settle()
    let counters = model.bench.cache.counters
    #expect(counters.evictions > 50 && counters.prefetched > 50 && counters.pinned == 0, "\(counters) \(model.random)")
  }
}
