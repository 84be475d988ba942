import Cache
import Pack
import TestKit
import Testing

/// One pass over everything does not cost what is asked for again and again.
struct ScanResistanceTests {
  /// Blocks by rank: the first ranks are asked for most often, as in Zipf's law.
  static func popular(_ count: Int, _ random: inout SeededRandom) -> UInt32 {
    let weights = (1...count).map { 1 / Double($0) }
    var left = Double.random(in: 0..<weights.reduce(0, +), using: &random)
    for (rank, weight) in weights.enumerated() {
      left -= weight
      if left < 0 { return UInt32(rank) }
    }
    return UInt32(count - 1)
  }

  /// Requests for 60 popular blocks; in their midst a scan of 300 others, with some popular ones between.
  static func trace(_ random: inout SeededRandom) -> [UInt32] {
    let before = (0..<1_200).map { _ in popular(60, &random) }
    let scan = (0..<300 as Range<UInt32>).flatMap { number in
      number % 3 == 0 ? [1_000 + number, popular(60, &random)] : [1_000 + number]
    }
    return before + scan + (0..<300).map { _ in popular(60, &random) }
  }

  /// How many of these requests a queue that forgets its oldest answers from memory.
  static func hitsOfFIFO(_ trace: [UInt32], frames: Int) -> Int {
    var queue: [UInt32] = []
    return trace.count { number in
      if queue.contains(number) { return true }
      if queue.count == frames { queue.removeFirst() }
      queue.append(number)
      return false
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `A working set survives a scan better than in a queue`(seed: UInt64) {
    var random = SeededRandom(seed: 0x5343_414E + seed)
    let trace = ScanResistanceTests.trace(&random)
    var bench = CacheBench(frames: 40)
    let hits = trace.count { bench.bring($0) }
    let hitsOfFIFO = ScanResistanceTests.hitsOfFIFO(trace, frames: 40)
    #expect(hits > hitsOfFIFO + trace.count / 20, "\(hits) hits against \(hitsOfFIFO), \(random)")
    #expect(UInt64(hits) == bench.cache.counters.hits, "\(random)")
  }

  @Test func `What is asked for often is still there after a scan`() {
    var bench = CacheBench(frames: 40)
    for _ in 0..<4 { for number in 0..<UInt32(20) { bench.bring(number) } }
    for number in 1_000..<UInt32(1_300) { bench.bring(number) }
    #expect([UInt32](0..<20).filter { !bench.isResident($0) } == [])
  }

  @Test func `It is still there when each block of the scan is pinned for a while`() {
    var bench = CacheBench(frames: 40)
    for _ in 0..<4 { for number in 0..<UInt32(20) { bench.bring(number) } }
    for number in 1_000..<UInt32(1_300) {
      bench.bring(number)
      bench.pin(number)
      if number >= 1_008 { bench.unpin(number - 8) }
    }
    #expect([UInt32](0..<20).filter { !bench.isResident($0) } == [])
  }

  @Test func `A block that returns soon after it left goes to the main queue`() {
    var bench = CacheBench(frames: 40)
    bench.bring(7)
    for number in 1_000..<UInt32(1_045) { bench.bring(number) }
    #expect(bench.isResident(7) == false)
    bench.bring(7)
    for number in 2_000..<UInt32(2_030) { bench.bring(number) }
    #expect(bench.isResident(7) == true)
  }
}
