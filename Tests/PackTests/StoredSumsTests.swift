import Pack
import TestKit
import Testing
import Wire

/// Sums that are stored are the sums that would be computed.
struct StoredSumsTests {
  static func sealed(_ payload: [UInt8]) -> [UInt8] {
    var block = payload + [UInt8](repeating: 0, count: BlockGeometry.byteCount - payload.count)
    TestPack.seal(&block, .data, 1, used: BlockGeometry.payloadCount)
    return block
  }

  static func expectEqual(_ range: Range<Int>, of block: [UInt8], _ random: SeededRandom) {
    let computed = InternetChecksum(summing: block.rawSpan.extracting(range))
    let stored = StoredSums.sum(of: range, in: block.rawSpan)
    #expect(stored == computed, "\(range), \(random)")
  }

  static func range(using random: inout SeededRandom) -> Range<Int> {
    let first = Int.random(in: 0...BlockGeometry.payloadCount, using: &random)
    let second = Int.random(in: 0...BlockGeometry.payloadCount, using: &random)
    return min(first, second)..<max(first, second)
  }

  @Test func `Any range of random bytes has the sum that was stored`() {
    var random = SeededRandom(seed: 0x5354_4F52)
    for _ in 0..<4 {
      let block = StoredSumsTests.sealed(random.bytes(count: BlockGeometry.payloadCount))
      for _ in 0..<2_000 {
        StoredSumsTests.expectEqual(StoredSumsTests.range(using: &random), of: block, random)
      }
    }
  }

  @Test(arguments: [0x00, 0xFF, 0x80, 0x01] as [UInt8])
  func `A payload of one byte only is summed right`(byte: UInt8) {
    var random = SeededRandom(seed: 0x4F4E_4542)
    let block = StoredSumsTests.sealed([UInt8](repeating: byte, count: BlockGeometry.payloadCount))
    for _ in 0..<500 { StoredSumsTests.expectEqual(StoredSumsTests.range(using: &random), of: block, random) }
  }

  @Test func `Every offset and length about the edges of cells is summed right`() {
    var random = SeededRandom(seed: 0x4544_4745)
    let block = StoredSumsTests.sealed(random.bytes(count: BlockGeometry.payloadCount))
    let cell = BlockGeometry.cellCount
    for start in 0..<(2 * cell) {
      for length in [0, 1, 2, cell - 1, cell, cell + 1, 2 * cell - 1, 2 * cell + 1, 1_447, 1_448, 1_460] {
        StoredSumsTests.expectEqual(start..<(start + length), of: block, random)
      }
    }
    for start in (BlockGeometry.payloadCount - 3 * cell)..<BlockGeometry.payloadCount {
      StoredSumsTests.expectEqual(start..<BlockGeometry.payloadCount, of: block, random)
    }
  }

  @Test func `Segments of a body add up to the body, wherever it is cut`() {
    var random = SeededRandom(seed: 0x5345_474D)
    let block = StoredSumsTests.sealed(random.bytes(count: BlockGeometry.payloadCount))
    for _ in 0..<300 {
      let body = StoredSumsTests.range(using: &random)
      var (sum, position) = (InternetChecksum.zero, body.lowerBound)
      while position < body.upperBound {
        let end = min(position + Int.random(in: 1...3_000, using: &random), body.upperBound)
        sum += StoredSums.sum(of: position..<end, in: block.rawSpan).placed(at: position - body.lowerBound)
        position = end
      }
      #expect(sum == StoredSums.sum(of: body, in: block.rawSpan), "\(body), \(random)")
    }
  }

  @Test func `The sum of a range longer than a cell reads at most two partial cells`() {
    var random = SeededRandom(seed: 0x5041_5254)
    let block = StoredSumsTests.sealed(random.bytes(count: BlockGeometry.payloadCount))
    var hollow = block
    // Whole cells are never looked at: other bytes in them change nothing.
    for offset in (10 * BlockGeometry.cellCount)..<(400 * BlockGeometry.cellCount) { hollow[offset] = 0xAA }
    let range = (9 * BlockGeometry.cellCount + 77)..<(400 * BlockGeometry.cellCount + 31)
    #expect(StoredSums.sum(of: range, in: hollow.rawSpan) == StoredSums.sum(of: range, in: block.rawSpan), "\(random)")
  }

  @Test func `A wrong sum is found in its cell`() {
    var random = SeededRandom(seed: 0x5752_4F4E)
    let block = StoredSumsTests.sealed(random.bytes(count: BlockGeometry.payloadCount))
    #expect(StoredSums.firstWrongCell(in: block.rawSpan) == nil)
    for cell in [0, 1, 250, BlockGeometry.sumCount - 1] {
      var wrong = block
      wrong[BlockGeometry.sumOffset + 2 * cell] ^= 0x10
      #expect(StoredSums.firstWrongCell(in: wrong.rawSpan) == cell, "\(random)")
      var changed = block
      changed[BlockGeometry.cellCount * cell] ^= 0x10
      #expect(StoredSums.firstWrongCell(in: changed.rawSpan) == cell, "\(random)")
    }
  }
}
