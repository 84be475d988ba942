import Pack
import TestKit
import Testing
import Wire

/// A block says what it is, and whether it is whole.
struct BlockTrailerTests {
  static let trailer = BlockTrailer(
    kind: .data, number: BlockNumber(9), identity: 0x0123_4567_89AB_CDEF, used: 60_000)

  static func block(_ random: inout SeededRandom) -> [UInt8] {
    var block = random.bytes(count: 60_000) + [UInt8](repeating: 0, count: BlockGeometry.byteCount - 60_000)
    block.withMutableRawSpan { trailer.seal(&$0) }
    return block
  }

  static func verify(
    _ block: [UInt8], from first: Sector = .first, as number: UInt32 = 9, of identity: UInt64? = trailer.identity
  ) -> Result<BlockTrailer, PackError> {
    Result { () throws(PackError) in
      try BlockTrailer(verifying: block.rawSpan, from: first, as: BlockNumber(number), of: identity)
    }
  }

  static func areRight(before offset: Int, in block: [UInt8]) -> Bool {
    SectorChecks.areRight(Sector.first..<Sector(holding: offset), in: block.rawSpan)
  }

  /// The Castagnoli CRC bit by bit (RFC 3720 §12.1), its polynomial reflected.
  static func referenceCRC(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var crc: UInt32 = .max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
    }
    return ~crc
  }

  @Test func `A sealed block verifies as what it was sealed as`() {
    var random = SeededRandom(seed: 0x5345_414C)
    let block = BlockTrailerTests.block(&random)
    #expect(BlockTrailerTests.verify(block) == .success(BlockTrailerTests.trailer))
    #expect(BlockTrailerTests.verify(block, of: nil) == .success(BlockTrailerTests.trailer))
  }

  @Test func `Each check is the CRC-32C of its sector, the last of what stands before it`() {
    #expect(BlockTrailerTests.referenceCRC(Array("123456789".utf8)[...]) == 0xE306_9283)
    var random = SeededRandom(seed: 0x4352_4333)
    let block = BlockTrailerTests.block(&random)
    for sector in 0..<15 {
      let stored = block.rawSpan.littleEndianUInt32(at: 65_272 + 4 * sector)
      let bytes = block[(4_096 * sector)..<(4_096 * (sector + 1))]
      #expect(stored == BlockTrailerTests.referenceCRC(bytes), "sector \(sector), \(random)")
    }
    let last = block.rawSpan.littleEndianUInt32(at: 65_532)
    #expect(last == BlockTrailerTests.referenceCRC(block[61_440..<65_532]), "\(random)")
  }

  @Test func `What was read from a sector on verifies without what stands before it`() {
    var random = SeededRandom(seed: 0x5345_4354)
    for offset in stride(from: 4_096, to: 65_536, by: 4_096) {
      var block = BlockTrailerTests.block(&random)
      for place in 0..<offset { block[place] ^= 0xFF }
      let first = Sector(holding: offset + Int.random(in: 0..<4_096, using: &random))
      #expect(BlockTrailerTests.verify(block, from: first) == .success(BlockTrailerTests.trailer), "\(random)")
      #expect(BlockTrailerTests.verify(block) == .failure(.corrupt(BlockNumber(9))))
      block[Int.random(in: offset..<65_536, using: &random)] ^= 1
      #expect(BlockTrailerTests.verify(block, from: first) == .failure(.corrupt(BlockNumber(9))), "\(random)")
    }
  }

  @Test func `Sectors that are read later are right or not by themselves`() {
    var random = SeededRandom(seed: 0x5245_5354)
    var block = BlockTrailerTests.block(&random)
    #expect(BlockTrailerTests.areRight(before: 8_192, in: block))
    block[8_191] ^= 1
    #expect(!BlockTrailerTests.areRight(before: 8_192, in: block))
    #expect(BlockTrailerTests.areRight(before: 4_096, in: block))
  }

  @Test func `Any flipped bit is found`() {
    var random = SeededRandom(seed: 0x464C_4950)
    var block = BlockTrailerTests.block(&random)
    let fields = (BlockGeometry.fieldOffset..<(BlockGeometry.fieldOffset + 32)).map { $0 }
    let offsets = fields + (0..<2_000).map { _ in Int.random(in: 0..<BlockGeometry.byteCount, using: &random) }
    for offset in offsets {
      let bit = UInt8(1) << UInt8.random(in: 0...7, using: &random)
      block[offset] ^= bit
      #expect(BlockTrailerTests.verify(block) == .failure(.corrupt(BlockNumber(9))), "byte \(offset), \(random)")
      block[offset] ^= bit
    }
  }

  @Test func `A block in another's place, or of another pack, is found`() {
    var random = SeededRandom(seed: 0x504C_4143)
    let block = BlockTrailerTests.block(&random)
    #expect(BlockTrailerTests.verify(block, as: 10) == .failure(.misplaced(BlockNumber(10))))
    #expect(BlockTrailerTests.verify(block, of: 1) == .failure(.misplaced(BlockNumber(9))))
  }

  @Test func `A block that is cut off, empty or nothing but zeros is corrupt`() {
    var random = SeededRandom(seed: 0x4355_5420)
    let block = BlockTrailerTests.block(&random)
    for count in [0, 1, 4, 65_532, 65_535] {
      #expect(BlockTrailerTests.verify(Array(block[..<count])) == .failure(.corrupt(BlockNumber(9))))
    }
    #expect(BlockTrailerTests.verify(TestPack.emptyBlock) == .failure(.corrupt(BlockNumber(9))))
  }

  @Test func `A kind or a length that cannot be is malformed where it stands`() {
    var random = SeededRandom(seed: 0x4B49_4E44)
    let block = BlockTrailerTests.block(&random)
    let fields = BlockGeometry.fieldOffset
    for (offset, place) in [(fields, fields), (fields + 4, fields), (fields + 26, fields + 24)] {
      var wrong = block
      wrong[offset] = 0xEE
      let check = BlockTrailerTests.referenceCRC(wrong[61_440..<BlockGeometry.checkOffset])
      wrong.withMutableRawSpan { $0.storeLittleEndian(check, at: BlockGeometry.checkOffset) }
      #expect(BlockTrailerTests.verify(wrong) == .failure(.malformed(BlockNumber(9), offset: place)))
    }
  }
}
