import Pack
import TestKit
import Testing
import Wire

/// The first block of a pack.
struct SuperblockTests {
  static func parse(_ block: [UInt8]) -> Result<Superblock, PackError> {
    Result { () throws(PackError) in try Superblock(parsing: block.rawSpan) }
  }

  /// The first block of a pack, changed, with a check that is right for the changed bytes.
  static func changed(_ body: (inout [UInt8]) -> Void) -> [UInt8] {
    var pack = TestPack()
    pack.spoil(0, body)
    return pack.block(0)
  }

  @Test func `What is written is read`() {
    #expect(SuperblockTests.parse(TestPack().block(0)) == .success(TestPack.superblock))
    var other = TestPack.superblock
    other.notFound = nil
    other.entryCount = 1 << 40
    other.codingRule = .max
    var block = TestPack.emptyBlock
    block.withMutableRawSpan { other.write(to: &$0) }
    #expect(SuperblockTests.parse(block) == .success(other))
  }

  @Test func `Pages for errors are read, as many as there may be`() {
    var superblock = TestPack.superblock
    for number in 0..<UInt16(ErrorPages.capacity) {
      let location = RecordLocation(block: BlockNumber(1), offset: 8 * Int(number))
      let isInserted = superblock.errorPages.insert(location, for: 500 + number)
      #expect(isInserted)
    }
    let isInserted = superblock.errorPages.insert(RecordLocation(block: BlockNumber(1), offset: 0), for: 400)
    #expect(!isInserted && superblock.errorPages.all.count == ErrorPages.capacity)
    var block = TestPack.emptyBlock
    block.withMutableRawSpan { superblock.write(to: &$0) }
    #expect(SuperblockTests.parse(block) == .success(superblock))
    #expect(superblock.errorPages[503] == RecordLocation(block: BlockNumber(1), offset: 24))
    #expect(superblock.errorPages[400] == nil && superblock.errorPages[0] == nil)
  }

  @Test(arguments: [0x0000_00C8, 0x0000_0258] as [UInt32])
  func `A page for what is no error is malformed`(status: UInt32) {
    let block = SuperblockTests.changed { bytes in
      bytes.withMutableRawSpan { span in
        span.storeLittleEndian(status, at: 72)
        span.storeLittleEndian(1 as UInt32, at: 76)
      }
    }
    #expect(SuperblockTests.parse(block) == .failure(.malformed(BlockNumber(0), offset: 16)))
  }

  @Test func `Something else is not a pack`() {
    #expect(SuperblockTests.parse([]) == .failure(.notAPack))
    #expect(SuperblockTests.parse(Array("hello world, I am a text".utf8)) == .failure(.notAPack))
    #expect(SuperblockTests.parse(TestPack.emptyBlock) == .failure(.notAPack))
  }

  @Test func `Another version is known by its number, whatever its check`() {
    var block = TestPack().block(0)
    block[8] = 9
    #expect(SuperblockTests.parse(block) == .failure(.unknownVersion(9)))
    #expect(SuperblockTests.parse(Array(block[..<12])) == .failure(.unknownVersion(9)))
  }

  @Test func `A first block that is cut off says how much is there`() {
    let block = Array(TestPack().block(0)[..<1_000])
    #expect(SuperblockTests.parse(block) == .failure(.truncated(expected: 65_536, actual: 1_000)))
  }

  @Test func `A flipped bit behind the version is found`() {
    for offset in [12, 16, 24, 63, 64, 5_000, 65_535] {
      var block = TestPack().block(0)
      block[offset] ^= 4
      #expect(SuperblockTests.parse(block) == .failure(.corrupt(BlockNumber(0))), "byte \(offset)")
    }
  }

  /// Fields of four bytes by their offset, with numbers that contradict the others.
  @Test(
    arguments: [
      (16, 2), (16, 4), (16, 0), (16, UInt32.max), (20, 0), (20, 2), (20, UInt32.max), (40, 0), (40, 3),
      (40, UInt32.max), (44, 3), (44, UInt32.max),
    ] as [(Int, UInt32)])
  func `Numbers that contradict each other are malformed`(offset: Int, number: UInt32) {
    let block = SuperblockTests.changed { bytes in
      bytes.withMutableRawSpan { $0.storeLittleEndian(number, at: offset) }
    }
    #expect(SuperblockTests.parse(block) == .failure(.malformed(BlockNumber(0), offset: 16)))
  }

  @Test func `A pack with more blocks than there are numbers for is malformed`() {
    let block = SuperblockTests.changed { bytes in
      bytes.withMutableRawSpan { span in
        span.storeLittleEndian(0x8000_0000 as UInt32, at: 16)
        span.storeLittleEndian(0x7FFF_FFFF as UInt32, at: 40)
      }
    }
    #expect(SuperblockTests.parse(block) == .failure(.malformed(BlockNumber(0), offset: 16)))
  }

  @Test func `Another block size is malformed`() {
    let block = SuperblockTests.changed { $0[14] = 2 }
    #expect(SuperblockTests.parse(block) == .failure(.malformed(BlockNumber(0), offset: 12)))
  }
}
