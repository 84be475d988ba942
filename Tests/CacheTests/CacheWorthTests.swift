import Cache
import Pack
import Testing

/// Blocks that are worth more than others, and those that nobody has asked for.
struct CacheWorthTests {
  /// Brings a block into memory that is worth something.
  private func bring(_ number: UInt32, _ worth: Worth, _ bench: inout CacheBench) {
    _ = bench.cache.request(BlockNumber(number), by: 0, worth: worth)
    for read in bench.reads() { _ = bench.finish(read) }
    _ = bench.ready()
  }

  /// Lets so many other blocks pass.
  private func scan(_ count: UInt32, _ bench: inout CacheBench) {
    for number in 1_000..<(1_000 + count) { bench.bring(number) }
  }

  @Test func `A block of the index outlives a scan, an ordinary one does not`() {
    var bench = CacheBench(frames: 40)
    bring(7, .ordinary, &bench)
    bring(8, .index, &bench)
    scan(60, &bench)
    #expect(bench.isResident(7) == false)
    #expect(bench.isResident(8) == true)
  }

  @Test func `The head of a group stays when it was asked for once more, for others that takes twice`() {
    var bench = CacheBench(frames: 40)
    bring(7, .ordinary, &bench)
    bring(8, .head, &bench)
    bench.passTime()
    for number in [7, 8] as [UInt32] { _ = bench.request(number, by: 1) }
    scan(60, &bench)
    #expect(bench.isResident(7) == false)
    #expect(bench.isResident(8) == true)
  }

  @Test func `Whoever asks first for what was read ahead is not the second`() {
    var bench = CacheBench(frames: 40)
    bring(7, .ordinary, &bench)
    bench.cache.prefetch(BlockNumber(8))
    for read in bench.reads() { _ = bench.finish(read) }
    for _ in 0..<2 {
      bench.passTime()
      for number in [7, 8] as [UInt32] { _ = bench.request(number, by: 1) }
    }
    scan(60, &bench)
    #expect(bench.isResident(7) == true)
    #expect(bench.isResident(8) == false)
  }

  @Test func `Asking for a block several times in a row is asking once`() {
    var bench = CacheBench(frames: 40)
    for number in [7, 8] as [UInt32] { bench.bring(number) }
    for _ in 0..<5 { _ = bench.request(7, by: 1) }
    for _ in 0..<2 {
      bench.passTime()
      for _ in 0..<5 { _ = bench.request(8, by: 1) }
    }
    scan(60, &bench)
    #expect(bench.isResident(7) == false)
    #expect(bench.isResident(8) == true)
  }

  @Test func `Who waits for a frame is told from who waits for a read`() {
    var bench = CacheBench(frames: 4)
    _ = bench.request(10, by: 1)
    #expect(bench.cache.waitsForFrame(1) == false)
    for read in bench.reads() { _ = bench.finish(read) }
    _ = bench.ready()
    bench.fillWithPinned()
    _ = bench.request(20, by: 2)
    #expect(bench.cache.waitsForFrame(2) == true)
    bench.unpin(0)
    #expect(bench.readNumbers() == [20])
    #expect(bench.cache.waitsForFrame(2) == false)
  }

  @Test func `A block that was worth something while it waited for a frame is worth it when it has one`() {
    var bench = CacheBench(frames: 4)
    bench.fillWithPinned()
    _ = bench.cache.request(BlockNumber(8), by: 1, worth: .index)
    bench.unpin(0)
    for read in bench.reads() { _ = bench.finish(read) }
    _ = bench.ready()
    #expect(bench.isResident(8) == true)
    for number in 1..<UInt32(4) { bench.unpin(number) }
    scan(3, &bench)
    #expect(bench.isResident(8) == true)
  }
}
