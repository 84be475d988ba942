import Foundation
import TestKit
import Testing

@testable import PackBuilder

/// What is known of files that have not been changed, and when it is believed.
///
/// Tests cannot wait until what they have written is old: packing begins a minute later for them than for the clock.
struct LedgerTests {
  static func options(trustsTimes: Bool = true, after seconds: Int64 = 60) -> BuildOptions {
    var options = RepackTests.options
    options.keepsLedger = true
    options.trustsTimes = trustsTimes
    options.time = FileSystem.time + seconds * 1_000_000_000
    return options
  }

  static func ledger(_ site: TestSite) -> String { site.pack + ".ledger" }

  /// A site that was packed, with its ledger.
  static func packed() throws -> TestSite {
    let site = try RepackTests.site()
    try site.write("/plain.bin", Array("plain".utf8))
    _ = try PackBuilder.pack(site.root, to: site.pack, options: options())
    return site
  }

  /// The bytes read while a site is packed again.
  @discardableResult
  static func packAgain(
    _ site: TestSite, _ options: BuildOptions = options()
  ) throws -> (summary: BuildSummary, isRead: Bool) {
    var isRead = false
    let summary = try PackBuilder.pack(site.root, to: site.pack, options: options) { state in
      isRead = isRead || state.phase == .reading
    }
    return (summary, isRead)
  }

  /// Whether the pack is as if made afresh, and what lies beside it is the ledger alone.
  static func expectRight(_ site: TestSite) throws {
    #expect(try site.bytes(of: site.pack) == RepackTests.fresh(site))
    #expect(try site.neighbours == ["site.cheetah", "site.cheetah.ledger"])
  }

  @Test func `An unchanged site is not even read`() throws {
    let site = try LedgerTests.packed()
    let (summary, isRead) = try LedgerTests.packAgain(site)
    #expect(summary.isUnchanged && !isRead)
    #expect(summary.fileCount == 14 && summary.reusedCount == 12 && summary.variantCount > 0)
    try LedgerTests.expectRight(site)
  }

  @Test func `It says the same of an unchanged site as reading would`() throws {
    let site = try LedgerTests.packed()
    try site.write("/what.strange", [1, 2, 3])
    try site.link("/nowhere", to: "/nonexistent")
    try LedgerTests.packAgain(site)
    let (known, isRead) = try LedgerTests.packAgain(site)
    let (read, _) = try LedgerTests.packAgain(site, LedgerTests.options(trustsTimes: false))
    #expect(!isRead && known == read && known.warnings.count == 2)
  }

  @Test func `A touched file is read again, and nothing else is new`() throws {
    let site = try LedgerTests.packed()
    let text = try site.bytes(of: site.root + "/plain.bin")
    try site.write("/plain.bin", text)
    let (summary, isRead) = try LedgerTests.packAgain(site)
    #expect(summary.isUnchanged && isRead)
    // The ledger was brought up to date.
    #expect(try LedgerTests.packAgain(site).isRead == false)
    try LedgerTests.expectRight(site)
  }

  @Test func `A file of the same size and time with other content is found`() throws {
    let site = try LedgerTests.packed()
    try site.write("/plain.bin", Array("PLAIN".utf8))
    #expect(try LedgerTests.packAgain(site).summary.isUnchanged == false)
    try LedgerTests.expectRight(site)
  }

  @Test func `So is one that has taken the place of another`() throws {
    let site = try LedgerTests.packed()
    try site.write("/other.bin", Array("other".utf8))
    try LedgerTests.packAgain(site)
    // Both are of the same size and time, and neither is written.
    try FileManager.default.removeItem(atPath: site.root + "/plain.bin")
    try FileManager.default.moveItem(atPath: site.root + "/other.bin", toPath: site.root + "/plain.bin")
    #expect(try LedgerTests.packAgain(site).summary.isUnchanged == false)
    try LedgerTests.expectRight(site)
  }

  @Test func `So is what is gone, and what is new`() throws {
    let site = try LedgerTests.packed()
    try FileManager.default.removeItem(atPath: site.root + "/3.html")
    #expect(try LedgerTests.packAgain(site).summary.fileCount == 13)
    try LedgerTests.expectRight(site)
    try site.write("/new.bin", [1])
    #expect(try LedgerTests.packAgain(site).summary.fileCount == 14)
    try LedgerTests.expectRight(site)
    #expect(try LedgerTests.packAgain(site).isRead == false)
  }

  @Test func `Forms of what has not changed are taken without reading it`() throws {
    let site = try LedgerTests.packed()
    for number in 0..<4 { try site.write("/\(number).txt", Array((VariantsTests.text + "t\(number)").utf8)) }
    try LedgerTests.packAgain(site)
    try site.write("/plain.bin", Array("other".utf8))
    #expect(try LedgerTests.packAgain(site).summary.reusedCount == 16)
    try LedgerTests.expectRight(site)
  }

  @Test func `A change just before the packing is too recent to be known by its time`() throws {
    let site = try LedgerTests.packed()
    try site.write("/plain.bin", Array("fresh".utf8))
    // The packing begins at once; and so does the next.
    try LedgerTests.packAgain(site, LedgerTests.options(after: 0))
    #expect(try LedgerTests.packAgain(site, LedgerTests.options(after: 0)).isRead)
    let (summary, isRead) = try LedgerTests.packAgain(site)
    #expect(summary.isUnchanged && isRead)
    #expect(try LedgerTests.packAgain(site).isRead == false)
  }

  @Test func `Other rules and other options are not taken for the same`() throws {
    let site = try LedgerTests.packed()
    var options = LedgerTests.options()
    options.fields = ["X-Frame-Options: DENY"]
    #expect(try LedgerTests.packAgain(site, options).summary.isUnchanged == false)
    try LedgerTests.packAgain(site)
    try site.write("/_headers", Array("/*\n  X-Robots-Tag: none\n".utf8))
    #expect(try LedgerTests.packAgain(site).summary.isUnchanged == false)
    try LedgerTests.expectRight(site)
    options = LedgerTests.options()
    options.jobs = 1
    #expect(try LedgerTests.packAgain(site, options).isRead == false)
  }

  @Test func `An access log is known by what the system says of it, as files are`() throws {
    let site = try LedgerTests.packed()
    var options = LedgerTests.options()
    options.accessLog = site.workplace + "/log"
    try site.write("/../log", Array("noise\n".utf8))
    try LedgerTests.packAgain(site, options)
    #expect(try LedgerTests.packAgain(site, options).isRead == false)
    try site.write("/../log", Array("noise\nnoise\n".utf8))
    #expect(try LedgerTests.packAgain(site, options).isRead)
    // One that is being written may have more in a moment, and is no reason not to pack.
    options.time = FileSystem.time
    for _ in 0..<2 { #expect(try LedgerTests.packAgain(site, options).isRead) }
  }

  /// Such are pipes, and what the kernel makes when it is asked.
  @Test func `An access log that does not say how long it is is read to its end`() throws {
    let site = try LedgerTests.packed()
    var options = LedgerTests.options()
    options.accessLog = "/proc/self/status"
    #expect(try LedgerTests.packAgain(site, options).summary.fileCount == 14)
  }

  @Test func `A ledger that is missing, cut or damaged anywhere is none`() throws {
    let site = try LedgerTests.packed()
    let whole = try site.bytes(of: LedgerTests.ledger(site))
    var random = SeededRandom(seed: 0x4C45_4447)
    for round in 0..<40 {
      var bytes = whole
      if round % 2 == 0 {
        bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
      } else {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      try Data(bytes).write(to: URL(filePath: LedgerTests.ledger(site)))
      let (summary, isRead) = try LedgerTests.packAgain(site)
      #expect(summary.isUnchanged && isRead, "round \(round), \(random)")
      #expect(try site.bytes(of: LedgerTests.ledger(site)) == whole, "round \(round), \(random)")
    }
    try FileManager.default.removeItem(atPath: LedgerTests.ledger(site))
    #expect(try LedgerTests.packAgain(site).isRead)
    #expect(try LedgerTests.packAgain(site).isRead == false)
  }

  @Test func `A ledger with a right hash over wrong fields leads nowhere`() throws {
    let site = try LedgerTests.packed()
    let whole = try site.bytes(of: LedgerTests.ledger(site))
    let identity = whole[8..<16].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    #expect(Ledger(whole, of: identity) != nil)
    for place in stride(from: 40, to: whole.count - 16, by: 8) {
      for value in [UInt64.max, 1 << 40, 3] {
        var bytes = Array(whole.dropLast(16))
        var word: [UInt8] = []
        word.appendLittleEndian(value)
        bytes.replaceSubrange(place..<(place + 8), with: word)
        bytes.appendLittleEndian(ContentHash.digest(of: bytes))
        guard let ledger = Ledger(bytes, of: identity) else { continue }
        for number in 0..<ledger.count { _ = ledger.entry(of: ledger.entry(number).mark) }
      }
    }
  }

  @Test func `A ledger of another pack is none`() throws {
    let (site, other) = (try LedgerTests.packed(), try LedgerTests.packed())
    try other.write("/plain.bin", Array("other".utf8))
    try LedgerTests.packAgain(other)
    try FileManager.default.removeItem(atPath: LedgerTests.ledger(site))
    try FileManager.default.copyItem(atPath: LedgerTests.ledger(other), toPath: LedgerTests.ledger(site))
    #expect(try LedgerTests.packAgain(site).isRead)
    try LedgerTests.expectRight(site)
  }

  @Test func `Only content counts for those who say so`() throws {
    let site = try LedgerTests.packed()
    let (summary, isRead) = try LedgerTests.packAgain(site, LedgerTests.options(trustsTimes: false))
    #expect(summary.isUnchanged && isRead)
  }

  @Test func `A ledger that is wrong of a file that is to be written is found out`() throws {
    let site = try LedgerTests.packed()
    let whole = try site.bytes(of: LedgerTests.ledger(site))
    let identity = whole[8..<16].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    let ledger = try #require(Ledger(whole, of: identity))
    // Every content is that of another.
    var entries = (0..<ledger.count).map { ledger.entry($0) }
    let contents = entries.map(\.content)
    for number in entries.indices { entries[number].content = contents[(number + 1) % contents.count] }
    try Ledger.keep(
      Ledger.bytes(of: identity, site: nil, ledger.summary, entries), at: LedgerTests.ledger(site))
    try site.write("/new.bin", [1])
    #expect(try LedgerTests.packAgain(site).summary.fileCount == 15)
    try LedgerTests.expectRight(site)
  }

  @Test func `What has not been changed is taken from the pack before, unless it is not there as it was`() throws {
    for isRotten in [false, true] {
      let site = try LedgerTests.packed()
      if isRotten {
        var bytes = try site.bytes(of: site.pack)
        for place in stride(from: 65_536 + 64, to: bytes.count, by: 65_536) { bytes[place] ^= 1 }
        try Data(bytes).write(to: URL(filePath: site.pack))
      }
      try site.write("/new.bin", [1])
      #expect(try LedgerTests.packAgain(site).summary.fileCount == 15)
      try LedgerTests.expectRight(site)
    }
  }

  @Test func `A rotten block of a site that is not even read is made good`() throws {
    let site = try LedgerTests.packed()
    var rotten = try site.bytes(of: site.pack)
    rotten[65_536 + 30_000] ^= 1
    try Data(rotten).write(to: URL(filePath: site.pack))
    #expect(try LedgerTests.packAgain(site).summary.isUnchanged == false)
    try LedgerTests.expectRight(site)
  }

  @Test func `A pack and a ledger in the site itself are none of it`() throws {
    let site = try RepackTests.site()
    let inside = site.root + "/site.cheetah"
    for _ in 0..<3 {
      let summary = try PackBuilder.pack(site.root, to: inside, options: LedgerTests.options())
      #expect(summary.fileCount == 13)
    }
  }
}
