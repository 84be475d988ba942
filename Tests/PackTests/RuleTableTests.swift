import Pack
import TestKit
import Testing
import Wire

struct RuleTableTests {
  private static let place = RecordLocation(block: BlockNumber(3), offset: 64)
  private static let table = RuleTable.bytes(
    [
      (status: 301, pattern: Array("/a/\u{2}".utf8), template: Array("/b/\u{1} ".utf8)),
      (status: 200, pattern: Array("/\u{2}".utf8), template: Array("/index.html".utf8)),
    ], fields: Array("X: y\r\n".utf8))

  /// A block with a table in it.
  private static func block(_ table: [UInt8]) -> [UInt8] {
    var block = TestPack.emptyBlock
    block.replaceSubrange(place.offset..<(place.offset + table.count), with: table)
    return block
  }

  /// Reads all rules, each as a text.
  private static func read(_ block: [UInt8], at place: RecordLocation = place) -> Result<[String], PackError> {
    Result { () throws(PackError) in
      var table = try RuleTable(parsing: block.rawSpan, at: place)
      var rules = [String(decoding: [UInt8](copying: table.fields), as: UTF8.self)]
      while let rule = try table.next() {
        let (pattern, template) = ([UInt8](copying: rule.pattern), [UInt8](copying: rule.template))
        let texts = [pattern, template].map { String(decoding: $0, as: UTF8.self) }
        rules.append("\(rule.status) \(texts[0]) \(texts[1])")
      }
      return rules
    }
  }

  @Test
  func `Rules are read as they were written`() throws {
    let rules = try RuleTableTests.read(RuleTableTests.block(RuleTableTests.table)).get()
    #expect(rules == ["X: y\r\n", "301 /a/\u{2} /b/\u{1} ", "200 /\u{2} /index.html"])
    #expect(RuleTableTests.table.count % 8 == 0)
  }

  @Test
  func `A table that leads outside, or is none, is malformed`() {
    for offset in [-8, 4, BlockGeometry.payloadCount - 8, BlockGeometry.payloadCount, 0] {
      let place = RecordLocation(block: BlockNumber(3), offset: offset)
      let outcome = RuleTableTests.read(RuleTableTests.block(RuleTableTests.table), at: place)
      #expect(outcome == .failure(.malformed(BlockNumber(3), offset: offset)))
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `Bytes written over a table crash nothing`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      var table = RuleTableTests.table
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        table[Int.random(in: table.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      if case .failure(let error) = RuleTableTests.read(RuleTableTests.block(table)) {
        #expect(error == .malformed(BlockNumber(3), offset: 64), "\(random)")
      }
    }
  }

  @Test
  func `Rules that a server could not follow are found by the check`() throws {
    let rules: [(status: UInt16, pattern: String, template: String)] = [
      (301, "/a", "/b"), (200, "a", "/b"), (418, "/a", "/b"), (301, "/a", ""), (301, "", "/b"),
    ]
    let outcomes = rules.map { rule in
      let bytes = RuleTable.bytes(
        [(status: rule.status, pattern: Array(rule.pattern.utf8), template: Array(rule.template.utf8))], fields: [])
      let block = RuleTableTests.block(bytes)
      return Result { () throws(PackError) in try PackCheck.rules(block.rawSpan, at: RuleTableTests.place) }
    }
    #expect(outcomes.first == .success(1))
    #expect(outcomes.dropFirst().allSatisfy { $0 == .failure(.malformed(BlockNumber(3), offset: 64)) })
  }
}
