import Foundation
import Pack
import TestKit
import Testing

@testable import cheetah

/// What of a pack is looked at when all of it is.
struct VerificationPlanTests {
  /// A pack of 500 blocks of data in which only records are written: what lies between them is a hole.
  private struct Hollow: ~Copyable {
    let path = FileManager.default.temporaryDirectory.appending(path: "cheetah-\(UUID()).cheetah").path
    private(set) var entries: [IndexEntry] = []

    /// A pack with these records: the block of each, and where its body lies.
    init(_ records: [(block: UInt32, body: BodyLocation)]) throws {
      let end: UInt32 = 501
      let superblock = Superblock(
        blockCount: end + 1, identity: 1, hashSeed: 0, firstIndexBlock: BlockNumber(end), indexBlockCount: 1,
        entryCount: UInt64(records.count), notFound: nil)
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      try file.truncate(atOffset: superblock.byteCount)
      var first = [UInt8](repeating: 0, count: BlockGeometry.byteCount)
      first.withMutableRawSpan { superblock.write(to: &$0) }
      try file.seek(toOffset: 0)
      try file.write(contentsOf: first)
      for (number, record) in records.enumerated() {
        let place = RecordLocation(block: BlockNumber(record.block), offset: 0)
        entries.append(IndexEntry(hash: PathHash(UInt64(number)), record: place))
        try file.seek(toOffset: UInt64(record.block) * UInt64(BlockGeometry.byteCount))
        try file.write(contentsOf: Hollow.block(record.block, record.body))
      }
      try file.close()
    }

    deinit {
      try? FileManager.default.removeItem(atPath: path)
    }

    private static func block(_ number: UInt32, _ body: BodyLocation) -> [UInt8] {
      let head = HeadLayout(
        offset: 128, count: 64, date: 0, connection: 0, validators: 0..<0, entityTag: 0..<0, content: 0..<0)
      let form = Representation(coding: .identity, head: head, body: body, lastModified: nil)
      var block = [UInt8](repeating: 0, count: BlockGeometry.byteCount)
      block.withMutableRawSpan { span in
        Record.write(.file, path: [0x2F], representations: [form], to: &span, at: 0)
        BlockTrailer(kind: .data, number: BlockNumber(number), identity: 1, used: 192).seal(&span)
      }
      return block
    }

    /// The numbers of the records that are looked at, in order.
    func numbers() throws -> [Int] {
      let reader = try PackReader(path: path)
      let list = EntryList(entries.map { EntryList.Packed($0) }, end: 501)
      return try VerificationPlan(of: list, reader).pieces.flatMap { piece in
        switch piece {
        case .longFile(let numbers): Array(numbers)
        case .blocks(_, let numbers): Array(numbers)
        }
      }.sorted()
    }
  }

  private static func body(from block: UInt32, blocks: UInt64) -> BodyLocation {
    BodyLocation(block: BlockNumber(block), offset: 0, count: blocks * UInt64(BlockGeometry.payloadCount))
  }

  @Test func `Each record is looked at once, wherever the bodies lie that are said to be long`() throws {
    let short = VerificationPlanTests.body(from: 1, blocks: 1)
    for start: UInt32 in [101, 100, 99, 50, 2] {
      let long = VerificationPlanTests.body(from: start, blocks: 300)
      let pack = try Hollow([(1, short), (60, short), (80, short), (100, long), (450, short)])
      #expect(try pack.numbers() == [0, 1, 2, 3, 4], "from block \(start)")
    }
  }
}
