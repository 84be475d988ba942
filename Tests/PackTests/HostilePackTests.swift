import Pack
import TestKit
import Testing
import Wire

/// Packs that were damaged, by chance or on purpose.
struct HostilePackTests {
  static func walk(_ bytes: [UInt8], checks: Bool) -> Result<PackWalk.Findings, PackError> {
    Result { () throws(PackError) in try PackWalk.walk(bytes, checks: checks) }
  }

  @Test func `Cut off anywhere, a pack is found to be`() {
    let bytes = TestPack().bytes
    for count in [0, 1, 7, 8, 11, 12, 100, 65_535, 65_536, 65_537, 131_071, 131_072, 150_000, bytes.count - 1] {
      guard case .failure(let error) = HostilePackTests.walk(Array(bytes[..<count]), checks: false) else {
        Issue.record("\(count) bytes were taken for a pack")
        continue
      }
      let expected: PackError =
        count < 12
        ? .notAPack : .truncated(expected: count < 65_536 ? 65_536 : UInt64(bytes.count), actual: UInt64(count))
      #expect(error == expected, "\(count) bytes")
    }
  }

  @Test func `A flipped bit anywhere is found`() {
    var random = SeededRandom(seed: 0x4249_5420)
    let bytes = TestPack().bytes
    for _ in 0..<300 {
      var damaged = bytes
      let offset = Int.random(in: 0..<bytes.count, using: &random)
      damaged[offset] ^= 1 << UInt8.random(in: 0...7, using: &random)
      guard case .failure = HostilePackTests.walk(damaged, checks: false) else {
        Issue.record("byte \(offset) was not found, \(random)")
        continue
      }
    }
  }

  @Test func `Blocks that changed places are found`() {
    var pack = TestPack()
    let (data, index) = (pack.block(1), pack.block(2))
    pack.replace(1, with: index)
    pack.replace(2, with: data)
    #expect(HostilePackTests.walk(pack.bytes, checks: false) == .failure(.misplaced(BlockNumber(2))))
  }

  /// The check of each block is right for what was written over it, as an attacker would see to it: whatever follows is
  /// up to the parsers, which must neither crash nor read outside nor go on for ever.
  @Test func `Bytes written over a pack by somebody who knows the format crash nothing`() {
    var random = SeededRandom(seed: 0x4652_5A5A)
    var refused = 0
    for round in 0..<600 {
      var pack = TestPack(content: Array("some content".utf8))
      let number = Int.random(in: 0...2, using: &random)
      pack.spoil(number) { block in
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let offset = Int.random(in: 0..<[64, 400, 48][number], using: &random)
          block[offset] = HostilePackTests.byte(using: &random)
        }
      }
      let served = HostilePackTests.walk(pack.bytes, checks: false)
      let checked = HostilePackTests.walk(pack.bytes, checks: true)
      if case .failure = checked { refused += 1 }
      // A pack that a server refuses is never one that passes the check.
      if case .failure = served, case .success = checked { Issue.record("round \(round), \(random)") }
    }
    #expect(refused > 300, "\(random)")
  }

  @Test func `Blocks of noise with a right check crash nothing`() {
    var random = SeededRandom(seed: 0x4E4F_4953)
    for _ in 0..<60 {
      var pack = TestPack()
      let number = Int.random(in: 1...2, using: &random)
      pack.spoil(number) { block in
        for offset in 0..<2_000 { block[offset] = HostilePackTests.byte(using: &random) }
        if number == 2 { block.replaceSubrange(0..<4, with: [200, 0, 0, 0]) }
      }
      guard case .failure = HostilePackTests.walk(pack.bytes, checks: true) else {
        Issue.record("noise passed the check, \(random)")
        continue
      }
      _ = HostilePackTests.walk(pack.bytes, checks: false)
    }
  }

  /// A byte as an attacker likes it: often one at the edge of something.
  static func byte(using random: inout SeededRandom) -> UInt8 {
    let edges: [UInt8] = [0x00, 0x01, 0x7F, 0x80, 0xFA, 0xF0, 0xFF]
    return Bool.random(using: &random)
      ? edges[Int.random(in: edges.indices, using: &random)] : UInt8.random(in: .min ... .max, using: &random)
  }
}
