import Pack
import TestKit
import Testing
import Wire

/// Segments of any size, cut out of a body that runs over blocks (bench/sums does the same a thousand times more often).
struct SegmentSumsTests {
  static let payload = BlockGeometry.payloadCount

  /// Blocks of noise, and their payloads alone.
  static func body(_ count: Int, _ random: inout SeededRandom) -> (blocks: [[UInt8]], text: [UInt8]) {
    var (blocks, text): ([[UInt8]], [UInt8]) = ([], [])
    for number in 0..<count {
      let noise = random.bytes(count: payload)
      text += noise
      var block = noise + [UInt8](repeating: 0, count: BlockGeometry.byteCount - payload)
      TestPack.seal(&block, .data, UInt32(number), used: payload)
      blocks.append(block)
    }
    return (blocks, text)
  }

  /// The sum of a range of the body, put together from the sums of its pieces.
  static func stored(_ range: Range<Int>, _ blocks: [[UInt8]]) -> InternetChecksum {
    var (sum, position) = (InternetChecksum.zero, range.lowerBound)
    while position < range.upperBound {
      let (number, offset) = position.quotientAndRemainder(dividingBy: payload)
      let block = blocks[number]
      let count = min(range.upperBound - position, payload - offset)
      let piece = StoredSums.sum(of: offset..<(offset + count), in: block.rawSpan)
      sum += piece.placed(at: position - range.lowerBound)
      position += count
    }
    return sum
  }

  @Test func `For every MSS from 88 to 9,000 the stored sum of a segment is the computed one`() {
    var random = SeededRandom(seed: 0x4D53_5331)
    let (blocks, text) = SegmentSumsTests.body(2, &random)
    for size in 88...9_000 {
      // Somewhere, and over the end of a block.
      let starts = [
        Int.random(in: 0...(text.count - size), using: &random),
        SegmentSumsTests.payload - Int.random(in: 1..<size, using: &random),
      ]
      for start in starts {
        let range = start..<(start + size)
        let computed = InternetChecksum(summing: text.rawSpan.extracting(range))
        #expect(SegmentSumsTests.stored(range, blocks) == computed, "\(range), \(random)")
      }
    }
  }
}
