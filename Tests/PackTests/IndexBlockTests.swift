import Pack
import TestKit
import Testing
import Wire

/// Entries in a block of the index.
struct IndexBlockTests {
  static func block(_ entries: [IndexEntry]) -> [UInt8] {
    var block = TestPack.emptyBlock
    block.withMutableRawSpan { IndexBlock.write(entries, to: &$0) }
    return block
  }

  static func entries(_ count: Int, _ random: inout SeededRandom) -> [IndexEntry] {
    (0..<count).map { _ in
      IndexEntry(
        hash: PathHash(random.next()),
        record: RecordLocation(
          block: BlockNumber(UInt32.random(in: 0 ... .max, using: &random)),
          offset: 8 * Int.random(in: 0...8_029, using: &random)),
        reach: GroupReach(
          before: .random(in: 0 ... .max, using: &random), behind: .random(in: 0 ... .max, using: &random)))
    }.sorted { $0.hash < $1.hash }
  }

  @Test(arguments: [0, 1, 2, 3, 1_000, IndexBlock.capacity])
  func `Each of any number of entries is found where it stands`(count: Int) throws {
    var random = SeededRandom(seed: 0x494E_4458)
    let entries = IndexBlockTests.entries(count, &random)
    let block = IndexBlockTests.block(entries)
    #expect(try IndexBlock.count(of: block.rawSpan, BlockNumber(1)) == count)
    for (position, entry) in entries.enumerated() {
      #expect(IndexBlock.entry(position, of: block.rawSpan) == entry, "\(random)")
      #expect(IndexBlock.lowerBound(of: entry.hash, in: block.rawSpan, count: count) == position, "\(random)")
    }
  }

  @Test func `A hash that is not there leads between its neighbours`() {
    var random = SeededRandom(seed: 0x4D49_5353)
    let entries = IndexBlockTests.entries(500, &random)
    let block = IndexBlockTests.block(entries)
    for _ in 0..<500 {
      let hash = PathHash(random.next())
      let expected = entries.firstIndex { $0.hash >= hash } ?? entries.count
      #expect(IndexBlock.lowerBound(of: hash, in: block.rawSpan, count: 500) == expected, "\(random)")
    }
  }

  @Test func `Entries of the same hash are found one after the other`() {
    let twin = PathHash(500)
    let entries = [100, 500, 500, 500, 900].enumerated().map { position, hash in
      IndexEntry(hash: PathHash(hash), record: RecordLocation(block: BlockNumber(UInt32(position)), offset: 0))
    }
    let block = IndexBlockTests.block(entries)
    #expect(IndexBlock.lowerBound(of: twin, in: block.rawSpan, count: 5) == 1)
    #expect((1...3).map { IndexBlock.entry($0, of: block.rawSpan).record.block.value } == [1, 2, 3])
  }

  @Test func `More entries than a block holds are malformed`() {
    var block = IndexBlockTests.block([])
    for count in [UInt32(IndexBlock.capacity + 1), .max] {
      block.withMutableRawSpan { $0.storeLittleEndian(count, at: 0) }
      #expect(throws: PackError.malformed(BlockNumber(5), offset: 0)) {
        try IndexBlock.count(of: block.rawSpan, BlockNumber(5))
      }
    }
    #expect(throws: PackError.malformed(BlockNumber(5), offset: 3)) {
      try IndexBlock.count(of: [1, 0, 0].rawSpan, BlockNumber(5))
    }
  }

  @Test func `A search among entries that are in no order ends`() {
    var random = SeededRandom(seed: 0x4449_534F)
    let block = IndexBlockTests.block(IndexBlockTests.entries(1_000, &random).shuffled(using: &random))
    for _ in 0..<200 {
      let position = IndexBlock.lowerBound(of: PathHash(random.next()), in: block.rawSpan, count: 1_000)
      #expect((0...1_000).contains(position), "\(random)")
    }
  }
}
