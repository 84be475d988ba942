import LinuxLink
import SystemPackage
import Testing

/// A disk whose n-th answer is a bad one, for every n of a run.
struct ReadFaultTests {
  /// Reads the file of twelve blocks in three reads.
  static func run(_ faults: ReadFaults, by method: ReadMethod) throws -> (outcomes: [ReadOutcome], isRight: [Bool]) {
    var bench = try ReaderBench(BlockFileTests.blocks(12), frames: 12, by: method, faults: faults)
    var outcomes = [ReadOutcome](repeating: .short(0), count: 12)
    for blocks in [0..<5, 5..<6, 6..<12] {
      #expect(bench.submit(Array(blocks), into: Array(blocks)) == true)
      for completion in bench.take(blocks.count) { outcomes[Int(completion.block)] = completion.outcome }
    }
    return (outcomes, (0..<12).map { bench.byte(ofFrame: $0) == UInt8($0) })
  }

  @Test(arguments: BlockReaderTests.methods, [.failure, .short, .end] as [ReadFaults.Kind])
  func `The n-th answer costs one block at most, and every block that is said to be there is right`(
    method: ReadMethod, kind: ReadFaults.Kind
  ) throws {
    let none = ReadFaults(kind, number: 0)
    let sound = try ReadFaultTests.run(none, by: method)
    #expect(sound.outcomes.allSatisfy { $0 == .filled } && sound.isRight.allSatisfy { $0 })
    #expect(none.count == 3)
    for number in 1...none.count {
      let (outcomes, isRight) = try ReadFaultTests.run(ReadFaults(kind, number: number), by: method)
      let lost = outcomes.indices.filter { outcomes[$0] != .filled }
      for block in outcomes.indices where outcomes[block] == .filled { #expect(isRight[block] == true) }
      // Only the block that was read alone can not be had; what was read with others is tried again.
      #expect(lost == (number == 2 && kind != .short ? [5] : []), "answer \(number), \(outcomes)")
    }
  }

  @Test(arguments: BlockReaderTests.methods, [.failure, .short, .end] as [ReadFaults.Kind])
  func `A part that is said to be there is right, whichever answer is a bad one`(
    method: ReadMethod, kind: ReadFaults.Kind
  ) throws {
    for number in 9...12 {
      let faults = ReadFaults(kind, number: number)
      var bench = try ReaderBench(BlockFileTests.blocks(8), frames: 8, by: method, faults: faults)
      bench.clear(0..<8)
      #expect(bench.submit([1, 2, 3], into: [1, 2, 3], part: 32_768..<65_536) == true)
      let run = bench.take(3)
      #expect(bench.submit([5], into: [5], part: 4_096..<20_480) == true)
      let rest = bench.take(1)
      #expect(run.allSatisfy { $0.outcome == .filled }, "answer \(number)")
      #expect(bench.filled(ofFrame: 1) == 32_768..<65_536 && bench.byte(ofFrame: 3) == 3, "answer \(number)")
      guard rest.allSatisfy({ $0.outcome == .filled }) else { continue }
      #expect(bench.filled(ofFrame: 5) == 4_096..<20_480, "answer \(number)")
    }
  }

  @Test(arguments: BlockReaderTests.methods)
  func `An error of the disk is reported as the disk names it`(method: ReadMethod) throws {
    let (outcomes, _) = try ReadFaultTests.run(ReadFaults(.failure, number: 2), by: method)
    #expect(outcomes[5] == .failed(.ioError))
  }
}
