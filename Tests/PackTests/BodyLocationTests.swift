import Pack
import TestKit
import Testing

/// How the bytes of a body lie in blocks.
struct BodyLocationTests {
  @Test func `A body runs on at the front of the next block's payload`() {
    let body = BodyLocation(block: BlockNumber(5), offset: 64_000, count: 200_000)
    #expect(body.place(of: 0) == (BlockNumber(5), 64_000))
    #expect(body.place(of: 239) == (BlockNumber(5), 64_239))
    #expect(body.place(of: 240) == (BlockNumber(6), 0))
    #expect(body.place(of: 240 + 64_240) == (BlockNumber(7), 0))
    #expect(body.place(of: 199_999) == (BlockNumber(9), 7_039))
  }

  @Test func `Every byte lies where counting leads`() {
    var random = SeededRandom(seed: 0x424F_4459)
    for _ in 0..<20 {
      let start = Int.random(in: 0..<BlockGeometry.payloadCount, using: &random)
      let body = BodyLocation(block: BlockNumber(1), offset: start, count: 300_000)
      var (block, offset) = (UInt32(1), start)
      for position in 0..<(3 * UInt64(BlockGeometry.payloadCount)) {
        if offset == BlockGeometry.payloadCount { (block, offset) = (block + 1, 0) }
        if position % 997 == 0 || offset < 2 || offset > BlockGeometry.payloadCount - 2 {
          #expect(body.place(of: position) == (BlockNumber(block), offset), "\(random)")
        }
        offset += 1
      }
    }
  }

  @Test func `The last block is that of the last byte`() {
    func last(_ offset: Int, _ count: UInt64) -> UInt32 {
      BodyLocation(block: BlockNumber(4), offset: offset, count: count).lastBlock.value
    }
    #expect(last(0, 0) == 4)
    #expect(last(64_239, 1) == 4)
    #expect(last(64_239, 2) == 5)
    #expect(last(0, 64_240) == 4)
    #expect(last(0, 64_241) == 5)
    #expect(last(0, 1 << 40) == 4 + UInt32(((1 << 40) - 1) / 64_240))
  }
}
