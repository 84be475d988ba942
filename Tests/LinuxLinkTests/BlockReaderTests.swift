import LinuxLink
import SystemPackage
import TestKit
import Testing

/// Reads that nobody waits for, by every way this machine allows.
struct BlockReaderTests {
  /// Threads work everywhere; io_uring where the kernel lets this process have a ring.
  static let methods: [ReadMethod] = (try? Probes.ring()) == nil ? [.threads] : [.threads, .uring]

  @Test(arguments: methods)
  func `Every block lands in the frame it was asked for`(method: ReadMethod) throws {
    var bench = try ReaderBench(BlockFileTests.blocks(40), frames: 40, by: method)
    for block in 0..<40 { #expect(bench.submit([block], into: [39 - block]) == true) }
    let completions = bench.take(40)
    #expect(Set(completions.map(\.block)) == Set(0..<40))
    #expect(completions.allSatisfy { $0.outcome == .filled && $0.frame == 39 - Int($0.block) })
    for block in 0..<40 { #expect(bench.byte(ofFrame: 39 - block) == UInt8(block)) }
  }

  @Test(arguments: methods)
  func `Consecutive blocks are one read, wherever their frames are`(method: ReadMethod) throws {
    let frames = [3, 4, 5, 0, 9, 8, 7, 6, 1, 2]
    var bench = try ReaderBench(BlockFileTests.blocks(12), frames: 10, by: method)
    #expect(bench.submit(Array(2..<12), into: frames) == true)
    #expect(bench.take(10).map(\.outcome) == Array(repeating: .filled, count: 10))
    for (number, frame) in frames.enumerated() { #expect(bench.byte(ofFrame: frame) == UInt8(2 + number)) }
    #expect(bench.reader.readCount == 1)
    #expect(bench.reader.blockCount == 10)
  }

  @Test(arguments: methods)
  func `A block that is cut off, one behind the end and one beyond all files are told apart`(method: ReadMethod) throws
  {
    var bench = try ReaderBench(BlockFileTests.blocks(1, tail: 1_000), frames: 3, by: method)
    let beyond = Int.max / 65_536
    for (frame, block) in [1, 2, beyond].enumerated() { #expect(bench.submit([block], into: [frame]) == true) }
    let outcomes = bench.take(3).sorted { $0.frame < $1.frame }.map(\.outcome)
    #expect(outcomes == [.short(1_000), .short(0), .failed(.invalidArgument)])
  }

  @Test(arguments: methods)
  func `Where a file ends inside a read, the blocks before the end are there`(method: ReadMethod) throws {
    var bench = try ReaderBench(BlockFileTests.blocks(3, tail: 1_000), frames: 6, by: method)
    #expect(bench.submit(Array(1..<6), into: Array(0..<5)) == true)
    let outcomes = bench.take(5).sorted { $0.block < $1.block }.map(\.outcome)
    #expect(outcomes == [.filled, .filled, .short(1_000), .short(0), .short(0)])
    #expect(bench.byte(ofFrame: 1) == 2)
  }

  @Test(arguments: methods)
  func `No more blocks are taken than there may be, until completions are`(method: ReadMethod) throws {
    var bench = try ReaderBench(BlockFileTests.blocks(3), frames: 3, by: method, mostBlocks: 2)
    #expect(bench.submit([0, 1], into: [0, 1]) == true)
    #expect(bench.submit([2], into: [2]) == false)
    #expect(bench.take(2).count == 2)
    #expect(bench.submit([2], into: [2]) == true)
    #expect(bench.take(1).count == 1)
  }

  @Test(.enabled(if: methods.contains(.uring)))
  func `A ring takes no more reads than it may have at the disk, and the next before what was read is taken`() throws {
    var bench = try ReaderBench(BlockFileTests.blocks(4), frames: 4, by: .uring, depth: 1)
    #expect(bench.submit([0, 1], into: [0, 1]) == true)
    #expect(bench.submit([2], into: [2]) == false)
    bench.gather()
    #expect(bench.submit([2], into: [2]) == true)
    #expect(bench.submit([3], into: [3]) == false)
    #expect(Set(bench.take(3).map(\.block)) == [0, 1, 2])
  }

  @Test(.enabled(if: methods.contains(.uring)))
  func `A ring takes no read while it has as many blocks at the disk as four for each, however long the last one is`()
    throws
  {
    var bench = try ReaderBench(BlockFileTests.blocks(20), frames: 20, by: .uring, depth: 2)
    #expect(bench.submit(Array(0..<10), into: Array(0..<10)) == true)
    #expect(bench.submit([10], into: [10]) == false)
    #expect(bench.take(10).count == 10)
    #expect(bench.submit(Array(10..<15), into: Array(10..<15)) == true)
    #expect(bench.submit(Array(15..<19), into: Array(15..<19)) == true)
    #expect(bench.submit([19], into: [19]) == false)
    #expect(bench.take(9).count == 9)
  }

  @Test(arguments: methods)
  func `A read goes into memory of large pages, of small ones, and across`(method: ReadMethod) throws {
    var bench = try ReaderBench(BlockFileTests.blocks(12), frames: 38, by: method)
    #expect(bench.submit(Array(0..<12), into: Array(26..<38)) == true)
    #expect(bench.take(12).allSatisfy { $0.outcome == .filled })
    #expect(bench.submit([1], into: [3]) == true)
    #expect(bench.submit([2], into: [37]) == true)
    #expect(bench.take(2).count == 2)
    for frame in 26..<37 { #expect(bench.byte(ofFrame: frame) == UInt8(frame - 26)) }
    #expect(bench.byte(ofFrame: 3) == 1)
    #expect(bench.byte(ofFrame: 37) == 2)
  }

  @Test(arguments: methods)
  func `Of the first block of a read only the part that was asked for is read`(method: ReadMethod) throws {
    var bench = try ReaderBench(BlockFileTests.blocks(6), frames: 6, by: method)
    bench.clear(0..<6)
    #expect(bench.submit([1, 2], into: [0, 3], part: 40_960..<65_536) == true)
    #expect(bench.submit([3], into: [1], part: 61_440..<65_536) == true)
    #expect(bench.submit([4], into: [2], part: 8_192..<12_288) == true)
    #expect(bench.take(4).allSatisfy { $0.outcome == .filled })
    let filled = (0..<4).map { bench.filled(ofFrame: $0) }
    #expect(filled == [40_960..<65_536, 61_440..<65_536, 8_192..<12_288, 0..<65_536])
    #expect(bench.submit([4, 5], into: [4, 5], part: 0..<4_096) == false)
  }

  @Test(arguments: methods)
  func `The descriptor is quiet when all completions are taken`(method: ReadMethod) throws {
    var bench = try ReaderBench(BlockFileTests.blocks(8), frames: 8, by: method)
    for round in 1...20 {
      for frame in 0..<8 { #expect(bench.submit([frame], into: [frame]) == true) }
      #expect(bench.take(8).count == 8, "round \(round)")
      #expect(bench.reader.nextCompletion() == nil)
      #expect(bench.isQuiet == true, "round \(round)")
    }
  }

  @Test(arguments: methods)
  func `Shutting down with reads under way ends, and takes no more`(method: ReadMethod) throws {
    var bench = try ReaderBench(BlockFileTests.blocks(16), frames: 16, by: method)
    for frame in 0..<16 { #expect(bench.submit([frame], into: [frame]) == true) }
    bench.reader.shutDown()
    #expect(bench.submit([0], into: [0]) == false)
    bench.reader.shutDown()
  }

  @Test func `A machine without io_uring reads by threads, and says why unless it was asked for nothing else`() throws {
    let bench = try ReaderBench(BlockFileTests.blocks(1), frames: 1, by: nil)
    #expect((bench.reader.refusal == nil) == (bench.reader.method == .uring))
    let threads = try ReaderBench(BlockFileTests.blocks(1), frames: 1, by: .threads)
    #expect(threads.reader.method == .threads)
    #expect(threads.reader.refusal == nil)
  }
}
