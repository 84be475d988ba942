import LinuxLink
import SystemPackage
import TestKit
import Testing
import Time

/// Reads on other threads.
struct ReaderPoolTests {
  /// The next `count` completions; fewer when none come for ten seconds.
  private static func take(_ count: Int, from pool: ReaderPool) -> [ReadCompletion] {
    var poller = Poller()
    _ = poller.watch(pool.descriptorNumber)
    var taken: [ReadCompletion] = []
    while taken.count < count, !poller.wait(until: MonotonicClock().now + .seconds(10)).isEmpty {
      while let completion = pool.nextCompletion() { taken.append(completion) }
    }
    return taken
  }

  @Test func `Every block lands in the frame it was asked for`() throws {
    let file = try TestFile(BlockFileTests.blocks(40))
    let region = BlockRegion(frameCount: 40)
    let pool = try ReaderPool(file: BlockFile(path: file.path), into: region, threadCount: 4)
    for block in 0..<40 { #expect(pool.submit(block: UInt64(block), frame: 39 - block)) }
    let completions = ReaderPoolTests.take(40, from: pool)
    #expect(Set(completions.map(\.block)) == Set(0..<40))
    #expect(completions.allSatisfy { $0.outcome == .filled && $0.frame == 39 - Int($0.block) })
    for block in 0..<40 {
      #expect([UInt8](copying: region.bytes(of: 39 - block)) == [UInt8](repeating: UInt8(block), count: 65_536))
    }
  }

  @Test func `A block that is cut off, one behind the end and one beyond all files are told apart`() throws {
    let file = try TestFile(BlockFileTests.blocks(1, tail: 1_000))
    let pool = try ReaderPool(file: BlockFile(path: file.path), into: BlockRegion(frameCount: 3), threadCount: 1)
    let beyond = UInt64(Int64.max) / 65_536
    for (frame, block) in [1, 2, beyond].enumerated() { #expect(pool.submit(block: block, frame: frame)) }
    let outcomes = ReaderPoolTests.take(3, from: pool).map(\.outcome)
    #expect(outcomes == [.short(1_000), .short(0), .failed(.invalidArgument)])
  }

  @Test func `No more reads are taken than there may be, until completions are`() throws {
    let file = try TestFile(BlockFileTests.blocks(2))
    let pool = try ReaderPool(
      file: BlockFile(path: file.path), into: BlockRegion(frameCount: 2), threadCount: 1, depth: 2)
    #expect(pool.submit(block: 0, frame: 0))
    #expect(pool.submit(block: 1, frame: 1))
    #expect(!pool.submit(block: 0, frame: 0))
    #expect(ReaderPoolTests.take(2, from: pool).count == 2)
    #expect(pool.submit(block: 0, frame: 0))
    #expect(ReaderPoolTests.take(1, from: pool).count == 1)
  }

  @Test func `The descriptor is quiet when all completions are taken`() throws {
    let file = try TestFile(BlockFileTests.blocks(8))
    let pool = try ReaderPool(file: BlockFile(path: file.path), into: BlockRegion(frameCount: 8), threadCount: 2)
    var poller = Poller()
    _ = poller.watch(pool.descriptorNumber)
    for round in 1...20 {
      for frame in 0..<8 { #expect(pool.submit(block: UInt64(frame), frame: frame)) }
      #expect(ReaderPoolTests.take(8, from: pool).count == 8, "round \(round)")
      #expect(pool.nextCompletion() == nil)
      #expect(poller.wait(until: .epoch).isEmpty == true, "round \(round)")
    }
  }

  @Test func `Shutting down with reads under way ends, and takes no more`() throws {
    let file = try TestFile(BlockFileTests.blocks(16))
    let pool = try ReaderPool(file: BlockFile(path: file.path), into: BlockRegion(frameCount: 16), threadCount: 2)
    for frame in 0..<16 { #expect(pool.submit(block: UInt64(frame), frame: frame)) }
    pool.shutDown()
    #expect(!pool.submit(block: 0, frame: 0))
    pool.shutDown()
  }
}
