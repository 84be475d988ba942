import Pack
import TestKit
import Testing

/// A real pack, damaged in many ways, read by the whole reader.
struct PackMutationTests {
  static let files = [
    "/index.html": "<h1>front</h1>", "/docs/index.html": "docs", "/404.html": "gone", "/a.txt": "a",
    "/big.bin": String(repeating: "0123456789", count: 12_000),
  ]
  static let paths = ["/", "/index.html", "/docs", "/docs/", "/404.html", "/a.txt", "/big.bin", "/none"]

  /// Reads all there is, as a server does and as `verify` does.
  /// - Returns: whether anything was wrong.
  static func isRefused(_ bytes: [UInt8]) -> Bool {
    guard let pack = try? PackedSite(bytes: bytes) else { return true }
    for path in paths { _ = try? pack.answer(path) }
    return (try? pack.check()) == nil
  }

  @Test func `The pack itself is not refused`() throws {
    #expect(!PackMutationTests.isRefused(try TestSite(PackMutationTests.files).packed().bytes))
  }

  @Test func `Any changed byte is found`() throws {
    var random = SeededRandom(seed: 0x4D55_5441)
    let bytes = try TestSite(PackMutationTests.files).packed().bytes
    for _ in 0..<400 {
      var damaged = bytes
      let offset = Int.random(in: 0..<bytes.count, using: &random)
      damaged[offset] ^= UInt8.random(in: 1 ... .max, using: &random)
      #expect(PackMutationTests.isRefused(damaged), "byte \(offset), \(random)")
    }
  }

  @Test func `A pack that is cut off, or a block of which is another's, is found`() throws {
    var random = SeededRandom(seed: 0x4355_5453)
    let bytes = try TestSite(PackMutationTests.files).packed().bytes
    let count = bytes.count / BlockGeometry.byteCount
    for _ in 0..<40 {
      #expect(
        PackMutationTests.isRefused(Array(bytes[..<Int.random(in: 0..<bytes.count, using: &random)])), "\(random)")
      let (from, to) = (Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random))
      guard from != to else { continue }
      var swapped = bytes
      let block = bytes[(from * BlockGeometry.byteCount)..<((from + 1) * BlockGeometry.byteCount)]
      swapped.replaceSubrange((to * BlockGeometry.byteCount)..<((to + 1) * BlockGeometry.byteCount), with: block)
      #expect(PackMutationTests.isRefused(swapped), "\(from) to \(to), \(random)")
    }
  }

  /// Whoever changes a byte can make the block's check right again. Then only the parsers stand in the way.
  @Test func `Changed bytes with a right check crash nothing`() throws {
    var random = SeededRandom(seed: 0x4E41_5354)
    let bytes = try TestSite(PackMutationTests.files).packed().bytes
    let pack = try PackedSite(bytes: bytes)
    var refused = 0
    for _ in 0..<400 {
      var damaged = bytes
      let number = Int.random(in: 0..<(bytes.count / BlockGeometry.byteCount), using: &random)
      let start = number * BlockGeometry.byteCount
      var block = Array(bytes[start..<(start + BlockGeometry.byteCount)])
      var trailer = try BlockTrailer(verifying: block.rawSpan, as: BlockNumber(UInt32(number)), of: nil)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        block[Int.random(in: 0..<min(trailer.used, 2_000), using: &random)] = .random(in: .min ... .max, using: &random)
      }
      trailer.identity = pack.superblock.identity
      block.withMutableRawSpan { trailer.seal(&$0) }
      damaged.replaceSubrange(start..<(start + BlockGeometry.byteCount), with: block)
      if PackMutationTests.isRefused(damaged) { refused += 1 }
    }
    #expect(refused > 100, "\(random)")
  }
}
