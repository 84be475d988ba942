import Pack
import Testing

/// Which blocks are read together.
struct GroupReachTests {
  static func entry(_ block: UInt32, before: UInt8, behind: UInt8) -> IndexEntry {
    let record = RecordLocation(block: BlockNumber(block), offset: 0)
    return IndexEntry(hash: PathHash(0), record: record, reach: GroupReach(before: before, behind: behind))
  }

  static func superblock(dataBlocks: UInt32) -> Superblock {
    Superblock(
      blockCount: dataBlocks + 2, identity: 0, hashSeed: 0, firstIndexBlock: BlockNumber(dataBlocks + 1),
      indexBlockCount: 1, entryCount: 0, notFound: nil)
  }

  @Test func `Every block of a group says the same group`() {
    let superblock = GroupReachTests.superblock(dataBlocks: 1_000)
    for count in [1, 2, 17, GroupReach.largestCount] {
      let run = BlockRun(first: BlockNumber(300), count: count)
      for block in 300..<(300 + UInt32(count)) {
        let reach = GroupReach(of: run, from: BlockNumber(block))
        let entry = GroupReachTests.entry(block, before: reach.before, behind: reach.behind)
        #expect(superblock.group(of: entry) == run)
      }
    }
  }

  @Test func `A record without a group has its block`() {
    let run = GroupReachTests.superblock(dataBlocks: 3).group(of: GroupReachTests.entry(2, before: 0, behind: 0))
    #expect(run == BlockRun(first: BlockNumber(2), count: 1))
    #expect(run.contains(BlockNumber(2)) && !run.contains(BlockNumber(1)) && !run.contains(BlockNumber(3)))
  }

  @Test func `A group ends where the data does, whatever its entry says`() {
    let superblock = GroupReachTests.superblock(dataBlocks: 5)
    let run = superblock.group(of: GroupReachTests.entry(2, before: 255, behind: 255))
    #expect(run == BlockRun(first: BlockNumber(1), count: 5))
    for block in [0, 6, 7, UInt32.max] {
      #expect(superblock.group(of: GroupReachTests.entry(block, before: 255, behind: 255)).count == 0)
    }
    let last = GroupReachTests.superblock(dataBlocks: BlockGeometry.largestBlockCount - 2)
    let entry = GroupReachTests.entry(BlockGeometry.largestBlockCount - 2, before: 1, behind: 255)
    #expect(last.group(of: entry).count == 2)
  }
}
