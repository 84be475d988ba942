import Foundation
import PackBuilder
import SystemPackage
import TestKit
import Testing

/// A pack takes its place when it is complete, or not at all.
struct AtomicityTests {
  static let old: [UInt8] = Array("what was there before".utf8)

  /// A site with a file where its pack is to go.
  static func site() throws -> TestSite {
    let site = try TestSite(["/a.txt": "a", "/b.bin": String(repeating: "b", count: 1_200_000)])
    try Data(old).write(to: URL(filePath: site.pack))
    return site
  }

  static func expectUntouched(_ site: TestSite) throws {
    #expect(try site.bytes(of: site.pack) == old)
    #expect(try site.neighbours == ["site.cheetah"])
  }

  @Test func `While it is written, what was there is there`() throws {
    let site = try AtomicityTests.site()
    var isLooked = false
    _ = try PackBuilder.pack(site.root, to: site.pack, options: BuildOptions()) { progress throws(BuildError) in
      guard progress.phase == .writing else { return }
      #expect((try? site.bytes(of: site.pack)) == AtomicityTests.old)
      isLooked = true
    }
    #expect(isLooked)
    #expect(try PackedSite(bytes: site.bytes(of: site.pack)).check() == 2)
    #expect(try site.neighbours == ["site.cheetah"])
  }

  /// Every report is a place where packing may be interrupted: at each of them in turn it is.
  @Test func `Interrupted anywhere, it leaves everything as it was`() throws {
    let site = try AtomicityTests.site()
    var steps = 0
    _ = try PackBuilder.pack(site.root, to: site.workplace + "/other", options: BuildOptions()) { _ in steps += 1 }
    try FileManager.default.removeItem(atPath: site.workplace + "/other")
    for step in 0..<steps {
      var rest = step
      #expect(throws: BuildError.interrupted) {
        try PackBuilder.pack(site.root, to: site.pack, options: BuildOptions()) { _ throws(BuildError) in
          if rest == 0 { throw .interrupted }
          rest -= 1
        }
      }
      try AtomicityTests.expectUntouched(site)
    }
  }

  @Test(arguments: ["shorter": "short", "longer": String(repeating: "b", count: 1_200_001), "other": "c"])
  func `A file that changes between its two readings is found`(change: String, content: String) throws {
    let site = try AtomicityTests.site()
    let content = content == "c" ? String(repeating: "c", count: 1_200_000) : content
    #expect(throws: BuildError.changed(site.root + "/b.bin")) {
      try PackBuilder.pack(site.root, to: site.pack, options: BuildOptions()) { progress throws(BuildError) in
        // The first file is written; the second is not yet.
        guard progress.phase == .writing, progress.filesDone == 1, progress.bytesDone == 1 else { return }
        try? site.write("/b.bin", Array(content.utf8))
      }
    }
    try AtomicityTests.expectUntouched(site)
  }

  @Test func `A file that vanishes is named`() throws {
    let site = try AtomicityTests.site()
    #expect(throws: BuildError.system("open", site.root + "/b.bin", .noSuchFileOrDirectory)) {
      try PackBuilder.pack(site.root, to: site.pack, options: BuildOptions()) { progress throws(BuildError) in
        if progress.phase == .writing { try? FileManager.default.removeItem(atPath: site.root + "/b.bin") }
      }
    }
    try AtomicityTests.expectUntouched(site)
  }

  @Test func `What a packing that was killed has left in the site is not packed`() throws {
    let site = try AtomicityTests.site()
    let left = ["/site.cheetah.17-4711.partial", "/site.cheetah.ledger.17-4711.partial"]
    for path in left { try site.write(path, AtomicityTests.old) }
    for path in ["/site.cheetah.partial", "/site.cheetah.a-1.partial", "/other.17-4711.partial"] {
      try site.write(path, [1])
    }
    _ = try PackBuilder.pack(site.root, to: site.root + "/site.cheetah", options: BuildOptions())
    let pack = try PackedSite(bytes: site.bytes(of: site.root + "/site.cheetah"))
    #expect(try pack.check() == 5)
    for path in left { #expect(try pack.answer(path) == nil) }
  }

  @Test func `A link to a pack stays a link, and what it leads to is replaced`() throws {
    let site = try AtomicityTests.site()
    let link = site.workplace + "/current"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "site.cheetah")
    _ = try PackBuilder.pack(site.root, to: link, options: BuildOptions())
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "site.cheetah")
    #expect(try PackedSite(bytes: site.bytes(of: site.pack)).check() == 2)
  }

  @Test func `Places where no pack can be are refused before anything is read`() throws {
    let site = try AtomicityTests.site()
    for target in [site.root, site.workplace + "/none/site.cheetah", "/dev/null"] {
      let error = #expect(throws: BuildError.self) {
        try PackBuilder.pack(site.root, to: target, options: BuildOptions()) { _ in Issue.record("it was read") }
      }
      #expect(error?.description.hasPrefix("cannot write the pack to \(target)") == true)
    }
    try AtomicityTests.expectUntouched(site)
  }
}
