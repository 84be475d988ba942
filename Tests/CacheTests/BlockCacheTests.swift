import Cache
import Pack
import TestKit
import Testing
import Wire

/// Blocks come, are shared and stay.
struct BlockCacheTests {
  @Test func `A miss is a read, and then a hit`() {
    var bench = CacheBench(frames: 4)
    #expect(bench.request(7, by: 3) == .awaited)
    #expect(bench.isResident(7) == false)
    let reads = bench.reads()
    #expect(reads.map(\.block.value) == [7])
    #expect(bench.ready() == [])
    #expect(reads.map { bench.finish($0) } == [nil])
    #expect(bench.readyWaiters() == [3])
    #expect(bench.request(7, by: 3) == .resident)
    #expect(bench.number(in: 7) == 7)
    #expect(bench.cache.payload(of: BlockNumber(7)).byteCount == 64_240)
  }

  @Test func `Misses of the same block are one read, and wake in the order of asking`() {
    var bench = CacheBench(frames: 4)
    for waiter in [5, 2, 9] { #expect(bench.request(7, by: waiter) == .awaited) }
    let reads = bench.reads()
    #expect(reads.count == 1)
    #expect(bench.request(7, by: 1) == .awaited)
    #expect(bench.readNumbers() == [])
    for read in reads { #expect(bench.finish(read) == nil) }
    #expect(bench.readyWaiters() == [5, 2, 9, 1])
    #expect(bench.cache.counters.misses == 1)
    #expect(bench.cache.counters.joined == 3)
  }

  @Test func `Each request is counted once, however often it is asked again`() {
    var bench = CacheBench(frames: 4)
    for _ in 0..<3 { #expect(bench.request(7, by: 0) == .awaited) }
    for read in bench.reads() { _ = bench.finish(read) }
    #expect(bench.readyWaiters() == [0])
    #expect(bench.request(7, by: 0) == .resident)
    #expect(bench.request(7, by: 1) == .resident)
    #expect(bench.request(7, by: 0) == .resident)
    let counters = bench.cache.counters
    #expect([counters.misses, counters.joined, counters.hits, counters.exhausted] == [1, 0, 2, 0])
    #expect(counters.resident == 1)
  }

  @Test func `A request takes the place of the one before`() {
    var bench = CacheBench(frames: 4)
    #expect(bench.request(7, by: 0) == .awaited)
    #expect(bench.request(8, by: 0) == .awaited)
    let reads = bench.reads()
    #expect(reads.map(\.block.value) == [7, 8])
    for read in reads.prefix(1) { _ = bench.finish(read) }
    #expect(bench.ready() == [])
    for read in reads.suffix(1) { _ = bench.finish(read) }
    #expect(bench.readyWaiters() == [0])
  }

  @Test func `Whoever asks before being told is not told any more`() {
    var bench = CacheBench(frames: 4)
    _ = bench.request(7, by: 0)
    for read in bench.reads() { _ = bench.finish(read) }
    #expect(bench.request(7, by: 0) == .resident)
    #expect(bench.ready() == [])
    #expect(bench.cache.counters.hits == 0)
  }

  @Test func `A pinned block outlasts any number of others`() {
    var bench = CacheBench(frames: 4)
    bench.bring(1)
    bench.pin(1)
    bench.pin(1)
    for number in 10..<UInt32(40) { bench.bring(number) }
    #expect(bench.number(in: 1) == 1)
    bench.unpin(1)
    for number in 40..<UInt32(70) { bench.bring(number) }
    #expect(bench.number(in: 1) == 1)
    bench.unpin(1)
    for number in 70..<UInt32(100) { bench.bring(number) }
    #expect(bench.isResident(1) == false)
    #expect(bench.cache.counters.pinned == 0)
  }

  @Test func `A block stays until all who waited for it have been told`() {
    var bench = CacheBench(frames: 4)
    for number in 0..<UInt32(4) { _ = bench.request(number, by: Int(number)) }
    for read in bench.reads() { _ = bench.finish(read) }
    // Others push, but find everything promised.
    for number in 10..<UInt32(14) { #expect(bench.request(number, by: Int(number)) == .awaited) }
    #expect(bench.readNumbers() == [])
    for number in 0..<UInt32(4) {
      #expect(bench.cache.nextReady()?.waiter == Int(number))
      #expect(bench.request(number, by: Int(number)) == .resident)
    }
    #expect(bench.readNumbers() == [10, 11, 12, 13])
  }

  @Test func `Any part of a payload has the sum of its bytes`() {
    var random = SeededRandom(seed: 0x5355_4D53)
    var bench = CacheBench(frames: 4)
    bench.bring(0x0134_5678)
    for _ in 0..<200 {
      let start = Int.random(in: 0...BlockGeometry.payloadCount, using: &random)
      let range = start..<Int.random(in: start...BlockGeometry.payloadCount, using: &random)
      let payload = bench.cache.payload(of: BlockNumber(0x0134_5678))
      let expected = InternetChecksum(summing: payload.extracting(range))
      #expect(bench.cache.sum(of: range, in: BlockNumber(0x0134_5678)) == expected, "\(range), \(random)")
    }
  }

  @Test func `The highest block number is a number like any other`() {
    var bench = CacheBench(frames: 4)
    #expect(bench.request(.max, by: 0) == .awaited)
    #expect(bench.request(.max, by: 1) == .awaited)
    #expect(bench.readNumbers() == [.max])
  }

  @Test func `Unpinning what is not pinned is the caller's mistake`() async {
    await #expect(processExitsWith: .failure) {
      var bench = CacheBench(frames: 4)
      bench.bring(1)
      bench.pin(1)
      bench.unpin(1)
      bench.unpin(1)
    }
  }

  @Test func `A read that is complete cannot be completed again`() async {
    await #expect(processExitsWith: .failure) {
      var bench = CacheBench(frames: 4)
      _ = bench.request(1, by: 0)
      for read in bench.reads() {
        _ = bench.finish(read)
        _ = bench.cache.complete(read, isRead: true)
      }
    }
  }
}
