import Foundation
import PackBuilder
import Testing

/// What of a directory is packed, and what is not.
struct SiteScannerTests {
  static func paths(_ site: TestSite, _ change: (inout BuildOptions) -> Void = { _ in }) throws -> [String] {
    var options = BuildOptions()
    change(&options)
    return try PackBuilder.paths(of: site.root, options: options)
  }

  static func warnings(_ site: TestSite) throws -> [String] {
    try PackBuilder.survey(site.root, options: BuildOptions()).warnings
  }

  @Test func `Files come in the order of their bytes, directory by directory, index pages first`() throws {
    let site = try TestSite(
      [
        "/b.txt": "", "/B.txt": "", "/a/2": "", "/a/10": "", "/index.html": "", "/a/index.html": "", "/é": "",
        "/Z/x": "",
      ])
    let expected = ["/index.html", "/B.txt", "/b.txt", "/é", "/Z/x", "/a/index.html", "/a/10", "/a/2"]
    #expect(try SiteScannerTests.paths(site) == expected)
    #expect(try PackBuilder.paths(of: site.root + "/", options: BuildOptions()) == expected)
  }

  @Test func `Names that begin with a dot are left out, but for .well-known`() throws {
    let site = try TestSite(["/.git/config": "", "/.htaccess": "", "/.well-known/security.txt": "", "/a": ""])
    #expect(try SiteScannerTests.paths(site) == ["/a", "/.well-known/security.txt"])
    #expect(try SiteScannerTests.paths(site) { $0.includesDotfiles = true }.count == 4)
  }

  @Test func `Links are followed inside the site, and nowhere else`() throws {
    let site = try TestSite(["/a.txt": "a", "/d/b.txt": "b"])
    try site.link("/inside.txt", to: "d/b.txt")
    try site.link("/outside.txt", to: "/etc/passwd")
    try site.link("/above.txt", to: "../www-secret")
    try site.link("/broken.txt", to: "nothing")
    try site.link("/d/loop", to: "..")
    try Data("s".utf8).write(to: URL(filePath: site.workplace + "/www-secret"))
    #expect(try SiteScannerTests.paths(site) == ["/a.txt", "/inside.txt", "/d/b.txt"])
    #expect(
      try SiteScannerTests.warnings(site) == [
        "/above.txt: a link that leads out of the site, left out",
        "/broken.txt: a link that leads nowhere, left out",
        "/outside.txt: a link that leads out of the site, left out",
        "/d/loop: a link to a directory, left out",
        "what links lead to is in a copy of the site:   cp -rL \(site.root) COPY",
      ])
    #expect(try site.packed().answer("/inside.txt")?.body == Array("b".utf8))
  }

  @Test func `What is excluded is left out with all that is in it`() throws {
    let site = try TestSite([
      "/a.js": "", "/a.js.map": "", "/drafts/x.html": "", "/b/drafts/y.html": "", "/b/c.map": "",
    ])
    #expect(try SiteScannerTests.paths(site) { $0.excluded = ["*.map", "/drafts"] } == ["/a.js", "/b/drafts/y.html"])
    #expect(try SiteScannerTests.paths(site) { $0.excluded = ["drafts", "b/*.map"] } == ["/a.js", "/a.js.map"])
    #expect(throws: BuildError.empty(site.root)) { try SiteScannerTests.paths(site) { $0.excluded = ["*"] } }
  }

  @Test func `A pack in the directory that is packed does not pack itself`() throws {
    let site = try TestSite(["/a.txt": "a"])
    let target = site.root + "/site.cheetah"
    let first = try PackBuilder.pack(site.root, to: target, options: BuildOptions())
    let bytes = try site.bytes(of: target)
    let second = try PackBuilder.pack(site.root, to: target, options: BuildOptions())
    #expect(first.fileCount == 1 && second.fileCount == 1 && second.isUnchanged)
    #expect(try site.bytes(of: target) == bytes)
  }

  @Test func `A pipe is left out and said to be`() throws {
    let site = try TestSite(["/a.txt": "a"])
    try SiteScannerTests.shell("mkfifo pipe && touch \"$(printf 'bad\\377name')\"", in: site)
    #expect(try SiteScannerTests.paths(site) == ["/a.txt"])
    #expect(
      try SiteScannerTests.warnings(site) == [
        "/pipe: neither a file nor a directory, left out", "/: a name that is not UTF-8, left out",
      ])
  }

  @Test func `A directory that is none, or has nothing, is refused with what to type`() throws {
    let site = try TestSite()
    #expect(throws: BuildError.empty(site.root)) { try SiteScannerTests.paths(site) }
    let missing = site.root + "/missing"
    let error = #expect(throws: BuildError.noDirectory(missing)) {
      try PackBuilder.paths(of: missing, options: BuildOptions())
    }
    #expect(error?.description.contains("ls -d \(missing)*") == true)
    try site.write("/a.txt", [])
    #expect(throws: BuildError.notADirectory(site.root + "/a.txt")) {
      try PackBuilder.paths(of: site.root + "/a.txt", options: BuildOptions())
    }
  }

  @Test func `A path that nobody could ask for is refused`() throws {
    let site = try TestSite()
    let segment = String(repeating: "x", count: 250)
    let path = "/" + Array(repeating: segment, count: 9).joined(separator: "/")
    try SiteScannerTests.shell("mkdir -p '\(path.dropFirst())' && touch '\(path.dropFirst())/a'", in: site)
    #expect(throws: BuildError.pathTooLong(path + "/a")) { try SiteScannerTests.paths(site) }
  }

  static func shell(_ script: String, in site: TestSite) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "cd '\(site.root)' && \(script)"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
