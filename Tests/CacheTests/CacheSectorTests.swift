import Cache
import Pack
import TestKit
import Testing

/// Blocks that are read from the first byte that somebody needs on.
struct CacheSectorTests {
  @Test func `A block is read from the sector of the byte that is needed to its end`() {
    var bench = CacheBench(frames: 4)
    #expect(bench.request(7, from: 40_000, by: 0) == .awaited)
    let reads = bench.reads()
    #expect(reads.map(\.bytes) == [36_864..<65_536])
    for read in reads { #expect(bench.finish(read) == nil) }
    #expect(bench.readyWaiters() == [0])
    #expect(bench.request(7, from: 40_000, by: 0) == .resident)
    #expect(bench.request(7, from: 36_864, by: 1) == .resident)
    #expect(bench.request(7, from: 64_000, by: 2) == .resident)
    #expect(bench.isResident(7, from: 36_863) == false)
    #expect(bench.number(in: 7) == 7)
  }

  @Test func `Whoever needs what stands before it has that read, and nothing again`() {
    var bench = CacheBench(frames: 4)
    _ = bench.request(7, from: 40_000, by: 0)
    for read in bench.reads() { _ = bench.finish(read) }
    #expect(bench.request(7, from: 40_000, by: 0) == .resident)
    #expect(bench.request(7, from: 10_000, by: 1) == .awaited)
    #expect(bench.request(7, from: 50_000, by: 2) == .resident)
    let reads = bench.reads()
    #expect(reads.map(\.bytes) == [8_192..<36_864])
    #expect(reads.map { bench.finish($0) } == [nil])
    #expect(bench.readyWaiters() == [1])
    #expect(bench.request(7, from: 10_000, by: 1) == .resident)
    #expect(bench.request(7, by: 1) == .awaited)
    #expect(bench.reads().map(\.bytes) == [0..<8_192])
    #expect(bench.cache.counters.misses == 3)
    #expect(bench.cache.counters.resident == 1)
  }

  @Test func `A read that was not fetched begins where the first of those who wait needs it`() {
    var bench = CacheBench(frames: 4)
    for (waiter, offset) in [40_000, 20_000, 60_000].enumerated() {
      #expect(bench.request(7, from: offset, by: waiter) == .awaited)
    }
    let reads = bench.reads()
    #expect(reads.map(\.bytes) == [16_384..<65_536])
    for read in reads { _ = bench.finish(read) }
    #expect(bench.readyWaiters() == [0, 1, 2])
  }

  @Test func `Whoever needs more than a read that was fetched brings asks again when it is there`() {
    var bench = CacheBench(frames: 4)
    _ = bench.request(7, from: 40_000, by: 0)
    let first = bench.reads()
    #expect(bench.request(7, by: 1) == .awaited)
    #expect(bench.readNumbers() == [])
    for read in first { _ = bench.finish(read) }
    #expect(bench.readyWaiters() == [0, 1])
    #expect(bench.request(7, by: 1) == .awaited)
    let second = bench.reads()
    #expect(second.map(\.bytes) == [0..<36_864])
    for read in second { _ = bench.finish(read) }
    #expect(bench.readyWaiters() == [1])
    #expect(bench.request(7, by: 1) == .resident)
  }

  @Test func `Only the first block of a run may be read in part`() {
    var bench = CacheBench(frames: 8)
    _ = bench.request(7, from: 40_000, by: 0)
    bench.cache.prefetch(BlockNumber(8))
    #expect(bench.reads().map(\.bytes) == [36_864..<65_536, 0..<65_536])
    _ = bench.request(20, by: 1)
    _ = bench.request(21, from: 5_000, by: 2)
    _ = bench.request(22, by: 3)
    let reads = bench.reads()
    #expect(reads.map(\.block.value) == [20, 21, 22])
    #expect(reads.map(\.bytes) == [0..<65_536, 4_096..<65_536, 0..<65_536])
  }

  @Test func `What is pinned stays as it is while what stands before it is read`() {
    var bench = CacheBench(frames: 4)
    _ = bench.request(7, from: 40_000, by: 0)
    for read in bench.reads() { _ = bench.finish(read) }
    _ = bench.request(7, from: 40_000, by: 0)
    bench.pin(7)
    _ = bench.request(7, by: 1)
    let reads = bench.reads()
    bench.unpin(7)
    // The block has a read under way, and cannot make room.
    for number in 10..<UInt32(30) { bench.bring(number, by: 2) }
    #expect(bench.isResident(7, from: 40_000) == true)
    #expect(reads.map { bench.finish($0) } == [nil])
    #expect(bench.readyWaiters() == [1])
    #expect(bench.request(7, by: 1) == .resident)
    for number in 30..<UInt32(60) { bench.bring(number, by: 2) }
    #expect(bench.isThere(7) == false)
  }

  @Test func `Where what stands before is broken, what is there stays`() {
    var bench = CacheBench(frames: 4)
    _ = bench.request(7, from: 40_000, by: 0)
    for read in bench.reads() { _ = bench.finish(read) }
    _ = bench.request(7, from: 40_000, by: 0)
    _ = bench.request(7, by: 1)
    for read in bench.reads() {
      bench.cache.fill(read, with: bench.blocks.block(8).rawSpan)
      #expect(bench.cache.complete(read, isRead: true) == .corrupt(BlockNumber(7)))
    }
    #expect(bench.ready().map { $0.waiter == 1 && $0.failure == .corrupt(BlockNumber(7)) } == [true])
    #expect(bench.request(7, from: 40_000, by: 0) == .resident)
    #expect(bench.request(7, by: 1) == .awaited)
    for read in bench.reads() { #expect(bench.finish(read) == nil) }
    #expect(bench.request(7, by: 1) == .resident)
  }

  @Test func `A block that waits for a frame is read from where it is needed`() {
    var bench = CacheBench(frames: 4)
    bench.fillWithPinned()
    _ = bench.request(7, from: 40_000, by: 1)
    _ = bench.request(7, from: 30_000, by: 2)
    #expect(bench.readNumbers() == [])
    bench.unpin(0)
    #expect(bench.reads().map(\.bytes) == [28_672..<65_536])
  }

  @Test func `A slot is not free while what stands before a part of its block is read`() {
    var bench = CacheBench(frames: 4)
    _ = bench.request(7, from: 40_000, by: 0)
    for read in bench.reads() { _ = bench.finish(read) }
    _ = bench.ready()
    _ = bench.request(7, by: 1)
    let reads = bench.reads()
    #expect(bench.cache.unmount(PackSlot(0)) == false)
    for read in reads { _ = bench.finish(read) }
    _ = bench.ready()
    #expect(bench.cache.unmount(PackSlot(0)) == true)
  }
}
