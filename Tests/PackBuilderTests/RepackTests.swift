import Foundation
import Pack
import PackBuilder
import TestKit
import Testing

/// Packing a site again.
struct RepackTests {
  static var options: BuildOptions {
    var options = BuildOptions()
    options.codings = [.gzip, .brotli, .zstandard]
    return options
  }

  static func site() throws -> TestSite {
    let site = try TestSite(["/img.png": String(repeating: "p", count: 5_000)])
    for number in 0..<12 { try site.write("/\(number).html", Array((VariantsTests.text + "\(number)").utf8)) }
    return site
  }

  /// What a pack of the site made afresh has.
  static func fresh(_ site: TestSite) throws -> [UInt8] {
    let other = site.workplace + "/fresh.cheetah"
    _ = try PackBuilder.pack(site.root, to: other, options: options)
    defer { try? FileManager.default.removeItem(atPath: other) }
    return try site.bytes(of: other)
  }

  @Test func `An unchanged site is not written again`() throws {
    let site = try RepackTests.site()
    let first = try PackBuilder.pack(site.root, to: site.pack, options: RepackTests.options)
    #expect(!first.isUnchanged && first.reusedCount == 0)
    let before = try FileManager.default.attributesOfItem(atPath: site.pack)[.systemFileNumber] as? Int
    let second = try PackBuilder.pack(site.root, to: site.pack, options: RepackTests.options)
    #expect(second.isUnchanged && second.reusedCount == 12)
    let after = try FileManager.default.attributesOfItem(atPath: site.pack)[.systemFileNumber] as? Int
    #expect(before == after)
    #expect(try site.bytes(of: site.pack) == RepackTests.fresh(site))
    #expect(try site.neighbours == ["site.cheetah"])
  }

  @Test func `A changed site takes what has not changed from its old pack, and is as if made afresh`() throws {
    let site = try RepackTests.site()
    _ = try PackBuilder.pack(site.root, to: site.pack, options: RepackTests.options)
    // The same size and time as before: only the content tells.
    try site.write("/3.html", Array((VariantsTests.text + "X").utf8))
    try site.write("/new.css", Array(VariantsTests.text.utf8))
    try FileManager.default.moveItem(atPath: site.root + "/5.html", toPath: site.root + "/moved.html")
    let summary = try PackBuilder.pack(site.root, to: site.pack, options: RepackTests.options)
    #expect(!summary.isUnchanged && summary.reusedCount == 11)
    #expect(try site.bytes(of: site.pack) == RepackTests.fresh(site))
  }

  @Test func `Other codings are not taken for the same`() throws {
    let site = try RepackTests.site()
    var options = RepackTests.options
    options.codings = [.gzip]
    _ = try PackBuilder.pack(site.root, to: site.pack, options: options)
    let summary = try PackBuilder.pack(site.root, to: site.pack, options: RepackTests.options)
    #expect(summary.reusedCount == 0 && !summary.isUnchanged)
    #expect(try site.bytes(of: site.pack) == RepackTests.fresh(site))
  }

  /// Whatever is wrong with the old pack, the new one is as if there had been none.
  @Test func `A damaged or hostile old pack is nothing to go by`() throws {
    let site = try RepackTests.site()
    _ = try PackBuilder.pack(site.root, to: site.pack, options: RepackTests.options)
    let old = try site.bytes(of: site.pack)
    var random = SeededRandom(seed: 0x4F4C_4450)
    for round in 0..<12 {
      var damaged = old
      let number = round == 0 ? 0 : Int.random(in: 1..<(old.count / BlockGeometry.byteCount), using: &random)
      let start = number * BlockGeometry.byteCount
      var block = Array(damaged[start..<(start + BlockGeometry.byteCount)])
      let trailer = try BlockTrailer(verifying: block.rawSpan, as: BlockNumber(UInt32(number)), of: nil)
      for _ in 0..<20 { block[Int.random(in: 0..<max(trailer.used, 1), using: &random)] ^= 0x41 }
      // Half of them have a check that is right for what was written over them.
      if round % 2 == 1 { block.withMutableRawSpan { trailer.seal(&$0) } }
      damaged.replaceSubrange(start..<(start + BlockGeometry.byteCount), with: block)
      try Data(damaged).write(to: URL(filePath: site.pack))
      // A block with a right check is not looked into when nothing has changed, so something has.
      try site.write("/round.txt", Array("\(round)".utf8))
      _ = try PackBuilder.pack(site.root, to: site.pack, options: RepackTests.options)
      #expect(try site.bytes(of: site.pack) == RepackTests.fresh(site), "round \(round), \(random)")
    }
    try Data("no pack".utf8).write(to: URL(filePath: site.pack))
    #expect(try PackBuilder.pack(site.root, to: site.pack, options: RepackTests.options).isUnchanged == false)
  }

  @Test func `A rotten block of an unchanged site is made good`() throws {
    let site = try RepackTests.site()
    _ = try PackBuilder.pack(site.root, to: site.pack, options: RepackTests.options)
    let whole = try site.bytes(of: site.pack)
    var rotten = whole
    rotten[BlockGeometry.byteCount + 30_000] ^= 1
    try Data(rotten).write(to: URL(filePath: site.pack))
    #expect(try PackBuilder.pack(site.root, to: site.pack, options: RepackTests.options).isUnchanged == false)
    #expect(try site.bytes(of: site.pack) == whole)
  }
}
