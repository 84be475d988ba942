import Pack
import PackBuilder
import TestKit
import Testing

/// Where things lie.
struct PackLayoutTests {
  /// A site of files of random sizes about the sizes where something changes.
  static func sizes(_ random: inout SeededRandom) -> [Int] {
    let edges = [0, 1, 128, 1_460, 4_096, 30_000, 63_600, 63_900, 64_239, 64_240, 64_241, 128_480, 130_000]
    return (0..<50).map { _ in
      max(0, edges[Int.random(in: edges.indices, using: &random)] + Int.random(in: -60...60, using: &random))
    }
  }

  /// The options under which files lie in the order of their names.
  static var byName: BuildOptions {
    var options = BuildOptions()
    options.groups = false
    return options
  }

  @Test func `What lies in a group reaches over no more blocks than it has to`() throws {
    var random = SeededRandom(seed: 0x5041_434B)
    for _ in 0..<4 {
      let site = try TestSite()
      let sizes = PackLayoutTests.sizes(&random)
      for (number, size) in sizes.enumerated() { try site.write("/\(number)", random.bytes(count: size)) }
      let pack = try site.packed()
      #expect(try pack.check() == sizes.count, "\(random)")
      for number in sizes.indices {
        let answer = try #require(try pack.answer("/\(number)"))
        let (body, head) = (try #require(answer.place), try #require(answer.layout))
        let count = head.offset + head.count - answer.record.offset + sizes[number]
        let least = (count + BlockGeometry.payloadCount - 1) / BlockGeometry.payloadCount
        #expect(Int(body.lastBlock.value - answer.record.block.value) < least, "\(count), \(random)")
      }
    }
  }

  @Test func `What fits a block lies in one, and what does not begins near the front of one`() throws {
    var random = SeededRandom(seed: 0x4C41_594F)
    for _ in 0..<4 {
      let site = try TestSite()
      let sizes = PackLayoutTests.sizes(&random)
      for (number, size) in sizes.enumerated() { try site.write("/\(number)", random.bytes(count: size)) }
      let pack = try site.packed(PackLayoutTests.byName)
      #expect(try pack.check() == sizes.count, "\(random)")
      for (number, size) in sizes.enumerated() {
        let answer = try #require(try pack.answer("/\(number)"))
        let (body, head) = (try #require(answer.place), try #require(answer.layout))
        let front = head.offset + head.count - answer.record.offset
        #expect(answer.record.offset % 8 == 0)
        if front + size <= BlockGeometry.payloadCount {
          #expect(
            size == 0 || (body.block == answer.record.block && body.lastBlock == body.block), "\(size), \(random)")
        } else {
          #expect(answer.record.offset == 0 && head.offset < 200, "\(size), \(random)")
        }
        #expect(body.count == size)
      }
    }
  }

  @Test func `Nothing lies upon anything else`() throws {
    var random = SeededRandom(seed: 0x4F56_4552)
    let site = try TestSite()
    let sizes = PackLayoutTests.sizes(&random)
    for (number, size) in sizes.enumerated() { try site.write("/\(number)", random.bytes(count: size)) }
    let pack = try site.packed()
    var ranges: [Range<Int>] = []
    for number in sizes.indices {
      let answer = try #require(try pack.answer("/\(number)"))
      let (body, head) = (try #require(answer.place), try #require(answer.layout))
      let block = Int(answer.record.block.value) * BlockGeometry.payloadCount
      ranges.append((block + answer.record.offset)..<(block + head.offset + head.count))
      let start = Int(body.block.value) * BlockGeometry.payloadCount + body.offset
      if body.count > 0 { ranges.append(start..<(start + Int(body.count))) }
    }
    ranges.sort { $0.lowerBound < $1.lowerBound }
    for (first, second) in zip(ranges, ranges.dropFirst()) {
      #expect(first.upperBound <= second.lowerBound, "\(random)")
    }
    let end = try #require(ranges.last).upperBound
    #expect(end <= Int(pack.superblock.firstIndexBlock.value) * BlockGeometry.payloadCount)
  }

  @Test func `A file of exactly what is left fills the block`() throws {
    let site = try TestSite(["/a": "a"])
    let first = try #require(try site.packed(PackLayoutTests.byName).answer("/a"))
    let (head, body) = (try #require(first.layout), try #require(first.place))
    let used = body.offset + 1
    let start = (used + 7) / 8 * 8
    // The second head states a longer length than the first; its own length stays even.
    let room = BlockGeometry.payloadCount - start - (head.offset - first.record.offset)
    for extra in 0...1 {
      let probe = try TestSite(["/a": "a", "/b": String(repeating: "b", count: room - 300)])
      let headCount = try #require(try probe.packed(PackLayoutTests.byName).answer("/b")?.layout).count
      let site = try TestSite(["/a": "a", "/b": String(repeating: "b", count: room - headCount + extra)])
      let pack = try site.packed(PackLayoutTests.byName)
      #expect(try pack.answer("/b")?.record.block == BlockNumber(extra == 0 ? 1 : 2))
      #expect(try pack.check() == 2)
    }
  }
}
