import Pack
import TestKit
import Testing

/// Under which number a path is found.
struct PathHashTests {
  static func hash(_ path: String, seed: UInt64 = 0) -> UInt64 { PathHash(Array(path.utf8).rawSpan, seed: seed).value }

  /// The finish of MurmurHash3, taken back: it can be, and what is left is FNV-1a.
  static func unfinished(_ hash: UInt64) -> UInt64 {
    var hash = hash ^ hash >> 33
    hash &*= 0x9CB4_B2F8_1293_37DB
    hash ^= hash >> 33
    hash &*= 0x4F74_430C_22A5_4005
    return hash ^ hash >> 33
  }

  @Test(
    arguments: [
      ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8),
    ] as [(String, UInt64)])
  func `Without its finish and seed it is FNV-1a`(text: String, hash: UInt64) {
    #expect(PathHashTests.unfinished(PathHashTests.hash(text)) == hash)
  }

  @Test func `A known path has a known hash, now and for good`() {
    #expect(PathHashTests.hash("/") == 0x23C4_9FA3_6281_442F)
    #expect(PathHashTests.hash("/index.html", seed: 1) == 0x27A5_4D6B_B3BC_CB1F)
  }

  @Test func `Another seed is another hash, and tells paths apart that another does not`() {
    #expect(PathHashTests.hash("/a", seed: 1) != PathHashTests.hash("/a", seed: 2))
  }

  @Test func `Index blocks share the hashes evenly, in ascending order`() {
    #expect(PathHash(0).indexBlock(of: 7) == 0)
    #expect(PathHash(.max).indexBlock(of: 7) == 6)
    #expect(PathHash(.max / 2).indexBlock(of: 2) == 0)
    #expect(PathHash(.max / 2 + 1).indexBlock(of: 2) == 1)
    var shares = [Int](repeating: 0, count: 7)
    for number in 0..<7_000 {
      shares[Int(PathHash(Array("/page-\(number).html".utf8).rawSpan, seed: 0).indexBlock(of: 7))] += 1
    }
    #expect(shares.allSatisfy { (800...1_200).contains($0) }, "\(shares)")
  }

  @Test func `The index block of a path is counted from the first`() {
    var superblock = TestPack.superblock
    superblock.firstIndexBlock = BlockNumber(10)
    superblock.indexBlockCount = 4
    #expect(superblock.indexBlock(for: PathHash(0)) == BlockNumber(10))
    #expect(superblock.indexBlock(for: PathHash(.max)) == BlockNumber(13))
  }
}
