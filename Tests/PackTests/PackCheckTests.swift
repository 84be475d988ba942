import TestKit
import Testing
import Wire

@testable import Pack

/// What is wrong in a pack whose blocks are all intact.
struct PackCheckTests {
  static func check(_ pack: TestPack) -> Result<PackWalk.Findings, PackError> {
    Result { () throws(PackError) in try PackWalk.walk(pack.bytes, checks: true) }
  }

  static func spoiled(_ number: Int, _ body: (inout [UInt8]) -> Void) -> TestPack {
    var pack = TestPack()
    pack.spoil(number, body)
    return pack
  }

  @Test func `A pack that is right has nothing wrong`() throws {
    let findings = try PackCheckTests.check(TestPack()).get()
    #expect(Set(findings.paths) == [Array("/a.txt".utf8), Array("/b".utf8)])
    #expect(findings.bodies == [Array("hello".utf8)])
  }

  @Test func `A block of another kind than its place has is found`() throws {
    var pack = TestPack()
    var block = pack.block(1)
    TestPack.seal(&block, .index, 1, used: BlockGeometry.payloadCount)
    pack.replace(1, with: block)
    let expected = PackError.malformed(BlockNumber(1), offset: BlockGeometry.fieldOffset + 4)
    #expect(PackCheckTests.check(pack) == .failure(expected))
  }

  @Test func `Bytes where nothing is used are found`() throws {
    var pack = TestPack()
    var block = pack.block(1)
    block[60_000] = 1
    TestPack.seal(&block, .data, 1, used: 59_999)
    pack.replace(1, with: block)
    #expect(PackCheckTests.check(pack) == .failure(.malformed(BlockNumber(1), offset: 60_000)))
  }

  @Test func `Bytes that nothing is said of in the trailer of any block are found`() throws {
    for number in 0..<3 {
      for place in [65_332, 65_400, 65_531] {
        var pack = TestPack()
        var block = pack.block(number)
        block[place] = 1
        let check = CRC32C.of(Array(block[61_440..<65_532]).rawSpan)
        block.withMutableRawSpan { $0.storeLittleEndian(check, at: 65_532) }
        pack.replace(number, with: block)
        #expect(PackCheckTests.check(pack) == .failure(.malformed(BlockNumber(UInt32(number)), offset: place)))
      }
    }
  }

  @Test func `Bytes that nothing is said of in the superblock, the index and records are found`() throws {
    let path = 16 + 64
    let places = [
      (0, 52), (0, 55), (2, 4), (2, 7), (1, 17), (1, 23), (1, 46), (1, 47), (1, 72), (1, 79), (1, path + 6),
    ]
    for (number, place) in places {
      let pack = PackCheckTests.spoiled(number) { $0[place] = 1 }
      let expected = PackError.malformed(BlockNumber(UInt32(number)), offset: place)
      #expect(PackCheckTests.check(pack) == .failure(expected), "block \(number), byte \(place)")
    }
  }

  @Test func `Codings out of order, or twice, are found`() throws {
    #expect(throws: Never.self) {
      try PackCheckTests.check(TestPack(codings: [.identity, .gzip, .brotli, .zstandard])).get()
    }
    let wrong: [[Representation.Coding]] = [
      [.gzip, .identity], [.identity, .identity], [.identity, .brotli, .gzip], [.identity, .zstandard, .zstandard],
    ]
    for codings in wrong {
      let expected = PackError.malformed(BlockNumber(1), offset: 0)
      #expect(PackCheckTests.check(TestPack(codings: codings)) == .failure(expected), "\(codings)")
    }
  }

  @Test func `Entries out of order or in the wrong block are found`() {
    let pack = PackCheckTests.spoiled(2) { block in
      let first = Array(block[8..<24])
      block.replaceSubrange(8..<24, with: block[24..<40])
      block.replaceSubrange(24..<40, with: first)
    }
    #expect(PackCheckTests.check(pack) == .failure(.malformed(BlockNumber(2), offset: 24)))
  }

  @Test func `An entry that leads to a block that is none of data is found`() {
    for number in [0, 2, 3, UInt32.max] {
      let pack = PackCheckTests.spoiled(2) { block in
        block.withMutableRawSpan { $0.storeLittleEndian(number, at: 16) }
      }
      #expect(PackCheckTests.check(pack) == .failure(.malformed(BlockNumber(2), offset: 8)), "block \(number)")
    }
  }

  @Test func `A group that reaches beyond the data is found`() {
    for place in [14, 15] {
      let pack = PackCheckTests.spoiled(2) { $0[8 + place] = 1 }
      #expect(PackCheckTests.check(pack) == .failure(.malformed(BlockNumber(2), offset: 8)), "byte \(place)")
    }
  }

  @Test func `A record under another path's hash is found`() {
    let pack = PackCheckTests.spoiled(1) { block in
      block[16 + 64 + 1] ^= 1
    }
    #expect(PackCheckTests.check(pack) == .failure(.malformed(BlockNumber(1), offset: 0)))
  }

  @Test func `A body that reaches into the index is found`() {
    let pack = PackCheckTests.spoiled(1) { block in
      block.withMutableRawSpan { $0.storeLittleEndian(64_000 as UInt64, at: 16 + 40) }
    }
    guard case .failure(.malformed(BlockNumber(1), _)) = PackCheckTests.check(pack) else {
      Issue.record("it was not found")
      return
    }
  }

  @Test func `Every byte of a head that the format fixes is looked at`() throws {
    let pack = TestPack()
    let record = try Record(
      parsing: pack.block(1).rawSpan, at: RecordLocation(block: BlockNumber(1), offset: 0))
    let head = try record.representation(0, of: pack.block(1).rawSpan, BlockNumber(1)).head
    let free = Set(head.entityTag.dropFirst().dropLast())
      .union((head.content.lowerBound)..<(head.content.upperBound - 2))
    for offset in 0..<head.count where !free.contains(offset) {
      let spoiled = PackCheckTests.spoiled(1) { $0[head.offset + offset] ^= 0x40 }
      guard case .failure(.malformed(BlockNumber(1), _)) = PackCheckTests.check(spoiled) else {
        Issue.record("byte \(offset) of the head was not found")
        continue
      }
    }
  }
}
