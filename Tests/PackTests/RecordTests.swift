import Pack
import TestKit
import Testing
import Wire

/// Records as they are written and read.
struct RecordTests {
  /// Where the last head of 896 bytes in a block begins.
  static let lastHead = BlockGeometry.payloadCount - 896

  /// A representation whose head lies behind a place in the block.
  static func representation(
    _ coding: Representation.Coding, behind place: Int, _ random: inout SeededRandom
  ) -> Representation {
    let cuts = (0..<6).map { _ in Int.random(in: 60...800, using: &random) }.sorted()
    let head = HeadLayout(
      offset: Int.random(in: place...lastHead, using: &random), count: 896, date: 20, connection: 50,
      validators: cuts[0]..<cuts[3], entityTag: cuts[1]..<cuts[2], content: cuts[4]..<cuts[5])
    let body = BodyLocation(
      block: BlockNumber(UInt32.random(in: 1...1_000_000, using: &random)),
      offset: Int.random(in: 0..<BlockGeometry.payloadCount, using: &random),
      count: UInt64.random(in: 0...(1 << 40), using: &random))
    let modified: Int64? = Bool.random(using: &random) ? nil : Int64.random(in: -9...(1 << 33), using: &random)
    return Representation(coding: coding, head: head, body: body, lastModified: modified)
  }

  static func parse(_ block: [UInt8], at offset: Int) -> Result<Record, PackError> {
    Result { () throws(PackError) in
      try Record(parsing: block.rawSpan, at: RecordLocation(block: BlockNumber(3), offset: offset))
    }
  }

  @Test(arguments: 1...4)
  func `A file is read as it was written`(count: Int) throws {
    var random = SeededRandom(seed: 0x5245_434F)
    let codings: [Representation.Coding] = [.identity, .gzip, .brotli, .zstandard]
    for round in 0..<100 {
      let path = random.bytes(count: Int.random(in: 1...300, using: &random))
      let length = Record.byteCount(representations: count, path: path.count, target: 0)
      let last = (RecordTests.lastHead - length) / 8
      let offset = 8 * (round == 0 ? last : Int.random(in: 0...last, using: &random))
      let representations = codings.prefix(count).map {
        RecordTests.representation($0, behind: offset + length, &random)
      }
      var block = TestPack.emptyBlock
      let written = block.withMutableRawSpan { span in
        Record.write(.file, path: path, representations: representations, to: &span, at: offset)
      }
      #expect(written == length)
      let record = try RecordTests.parse(block, at: offset).get()
      #expect(record.kind == .file && Array(block[record.path]) == path && record.target.isEmpty, "\(random)")
      for (index, expected) in representations.enumerated() {
        let read = try record.representation(index, of: block.rawSpan, BlockNumber(3))
        #expect(read == expected, "\(random)")
      }
    }
  }

  @Test func `A redirect is read as it was written`() throws {
    var block = TestPack.emptyBlock
    _ = block.withMutableRawSpan { span in
      Record.write(
        .redirect, path: Array("/a".utf8), target: Array("/a/".utf8), representations: [], to: &span, at: 16)
    }
    let record = try RecordTests.parse(block, at: 16).get()
    #expect(record.kind == .redirect && record.representationCount == 0)
    #expect(Array(block[record.path]) == Array("/a".utf8) && Array(block[record.target]) == Array("/a/".utf8))
  }

  @Test func `A place where no record can be is malformed`() {
    let block = TestPack().block(1)
    let places = [-8, 1, 4, 8, BlockGeometry.payloadCount - 8, BlockGeometry.payloadCount, 65_536, Int(UInt32.max)]
    for offset in places {
      #expect(RecordTests.parse(block, at: offset) == .failure(.malformed(BlockNumber(3), offset: offset)))
    }
    #expect(RecordTests.parse([], at: 0) == .failure(.malformed(BlockNumber(3), offset: 0)))
  }

  @Test func `Numbers that lead outside are malformed`() {
    let changes: [(Int, UInt16)] = [
      (0, 0), (4, .max), (8, 2), (8, 1), (10, 0), (10, .max), (12, 1), (12, .max), (14, 0), (14, 5), (14, .max),
    ]
    for (offset, number) in changes {
      var block = TestPack().block(1)
      block.withMutableRawSpan { $0.storeLittleEndian(number, at: offset) }
      #expect(RecordTests.parse(block, at: 0) == .failure(.malformed(BlockNumber(3), offset: 0)), "byte \(offset)")
    }
  }

  /// Fields of two bytes of a representation, by their offset in it, with numbers that cannot be.
  @Test(
    arguments: [
      (0, 4), (8, 0xFFFF), (10, 1), (12, 0xFFFF), (12, 1), (12, 898), (14, 0xFFFF), (16, 0xFFFF), (18, 0xFFFF), (20, 0),
      (22, 0), (24, 0xFFFF), (26, 0), (28, 0xFFFF), (34, 0x8000), (36, 0xFAF0), (38, 1), (46, 0xFFFF),
    ] as [(Int, UInt16)])
  func `A representation that leads outside is malformed`(offset: Int, number: UInt16) throws {
    var block = TestPack().block(1)
    block.withMutableRawSpan { $0.storeLittleEndian(number, at: 16 + offset) }
    let record = try RecordTests.parse(block, at: 0).get()
    #expect(throws: PackError.malformed(BlockNumber(3), offset: 16)) {
      try record.representation(0, of: block.rawSpan, BlockNumber(3))
    }
  }
}
