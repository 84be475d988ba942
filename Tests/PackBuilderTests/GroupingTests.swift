import Pack
import PackBuilder
import TestKit
import Testing

/// What lies with what.
struct GroupingTests {
  static func page(_ references: String..., size: Int = 2_000) -> String {
    references.joined() + String(repeating: "x", count: size)
  }

  static func image(_ name: String) -> String { "<img src=\"\(name)\">" }

  /// The group of a path.
  static func group(_ path: String, _ pack: PackedSite) throws -> BlockRun {
    let record = try #require(try pack.answer(path)).record
    let entries = try pack.entries()
    let entry = try #require(entries.first { $0.record == record })
    return pack.superblock.group(of: entry)
  }

  /// Whether one read of a path's group brings all of another.
  static func brings(_ path: String, _ other: String, _ pack: PackedSite) throws -> Bool {
    let run = try group(path, pack)
    let answer = try #require(try pack.answer(other))
    return run.contains(answer.record.block)
      && answer.forms.allSatisfy { run.contains($0.place.block) && run.contains($0.place.lastBlock) }
  }

  /// Sixty pages with two pictures of their own, all with one style sheet, which has a font and a picture.
  static func site() throws -> TestSite {
    var random = SeededRandom(seed: 0x4752_4F55)
    let site = try TestSite(["/css/site.css": "@font-face{src:url(../f.woff2)} h1{background:url('logo.png')}"])
    try site.write("/f.woff2", random.bytes(count: 20_000))
    try site.write("/css/logo.png", random.bytes(count: 9_000))
    for number in 0..<60 {
      let style = "<link rel=stylesheet href=/css/site.css><a href=\"\(number + 1).html\">next</a>"
      try site.write(
        "/p/\(number).html",
        Array(page(style, image("../i/\(number * 7 % 60)-a.png"), image("../i/\(number * 7 % 60)-b.png")).utf8))
      try site.write("/i/\(number)-a.png", random.bytes(count: 30_000 + 500 * number))
      try site.write("/i/\(number)-b.png", random.bytes(count: 10_000))
    }
    return site
  }

  @Test func `One read of a page brings the pictures that it alone has`() throws {
    let pack = try GroupingTests.site().packed()
    #expect(try pack.check() == 183)
    for number in 0..<60 {
      let path = "/p/\(number).html"
      for picture in ["a", "b"] {
        #expect(try GroupingTests.brings(path, "/i/\(number * 7 % 60)-\(picture).png", pack), "\(path)")
      }
      #expect(try GroupingTests.group(path, pack).count <= 2)
    }
  }

  @Test func `What all pages have lies in one group, in front`() throws {
    let pack = try GroupingTests.site().packed()
    for path in ["/f.woff2", "/css/logo.png"] {
      #expect(try GroupingTests.brings("/css/site.css", path, pack))
    }
    #expect(try GroupingTests.group("/css/site.css", pack) == BlockRun(first: BlockNumber(1), count: 1))
  }

  @Test func `Without groups files lie in the order of their names`() throws {
    var options = BuildOptions()
    options.groups = false
    let pack = try GroupingTests.site().packed(options)
    let paths = ["/css/logo.png", "/i/0-a.png", "/i/9-b.png", "/p/0.html", "/p/9.html"]
    let blocks = try paths.map { try #require(try pack.answer($0)).record }
    #expect(blocks == blocks.sorted { ($0.block, $0.offset) < ($1.block, $1.offset) })
    #expect(try GroupingTests.brings("/p/0.html", "/i/0-a.png", pack) == false)
  }

  @Test func `Small pages that link to each other share blocks`() throws {
    let site = try TestSite()
    // Ten chains, whose links lead past their neighbours in the directory.
    for chain in 0..<10 {
      for place in 0..<20 {
        let link = "<a href=\"\(place + 1)-\(chain).html\">next</a>"
        try site.write("/\(place)-\(chain).html", Array(GroupingTests.page(link, size: 2_500).utf8))
      }
    }
    let pack = try site.packed()
    var shared = 0
    for chain in 0..<10 {
      for place in 0..<19 where try GroupingTests.brings("/\(place)-\(chain).html", "/\(place + 1)-\(chain).html", pack)
      {
        shared += 1
      }
    }
    #expect(shared >= 170)
  }

  @Test func `Pages that share a picture with one other page lie together`() throws {
    let site = try TestSite()
    var random = SeededRandom(seed: 0x5041_4952)
    for number in 0..<40 {
      try site.write("/\(number).html", Array(GroupingTests.page(GroupingTests.image("\(number % 20).png")).utf8))
      if number < 20 { try site.write("/\(number).png", random.bytes(count: 40_000)) }
    }
    let pack = try site.packed()
    for number in 0..<40 { #expect(try GroupingTests.brings("/\(number).html", "/\(number % 20).png", pack)) }
  }

  @Test func `A long film lies in a run of its own`() throws {
    let site = try TestSite(["/a.html": "<video src=v.mp4 poster=p.jpg></video>", "/p.jpg": "picture", "/z.html": "z"])
    try site.write("/v.mp4", [UInt8](repeating: 1, count: 900_000))
    let pack = try site.packed()
    let film = try #require(try pack.answer("/v.mp4"))
    #expect(film.record.offset == 0 && film.record.block > BlockNumber(1))
    #expect(try GroupingTests.group("/v.mp4", pack).count == 1)
    #expect(try GroupingTests.brings("/a.html", "/p.jpg", pack) && GroupingTests.group("/a.html", pack).count == 1)
  }

  /// Zip has a window of 32 KiB, in which nothing of this comes twice, and Brotli one of 4 MiB: its form is short, and lies
  /// behind the other.
  @Test func `What lies behind a form that is too long for a group is in none`() throws {
    var random = SeededRandom(seed: 0x4845_5841)
    let digits = Array("0123456789abcdef".utf8)
    let piece = random.bytes(count: 100_000).map { digits[Int($0 & 15)] }
    let site = try TestSite()
    try site.write("/data.txt", Array(repeatElement(piece, count: 12).joined()))
    var options = BuildOptions()
    options.codings = [.gzip, .brotli]
    let pack = try site.packed(options)
    let forms = try #require(try pack.answer("/data.txt")).forms
    try #require(forms.map(\.coding) == [.identity, .gzip, .brotli])
    try #require(forms[1].body.count > 512 << 10 && forms[2].body.count < 512 << 10)
    #expect(try GroupingTests.group("/data.txt", pack).count == 1)
  }

  @Test func `An access log puts what is asked for after each other together`() throws {
    let site = try TestSite()
    for number in 0..<200 { try site.write("/\(number).html", Array(GroupingTests.page(size: 6_000).utf8)) }
    var lines: [String] = ["noise", "1.2.3.4 - - [x] \"GET /none HTTP/1.1\" 404 1"]
    for client in 0..<50 {
      for page in ["/150.html", "/20.html", "/77.html"] {
        lines.append("10.0.0.\(client) - - [25/Nov/2026:02:00:00 +0000] \"GET \(page) HTTP/1.1\" 200 6000 \"-\" \"-\"")
      }
    }
    try site.write("/../log", Array((lines.joined(separator: "\n") + "\n").utf8))
    var options = BuildOptions()
    options.accessLog = site.workplace + "/log"
    let pack = try site.packed(options)
    for page in ["/20.html", "/77.html"] { #expect(try GroupingTests.brings("/150.html", page, pack)) }
    #expect(try GroupingTests.group("/150.html", pack).first == BlockNumber(1))
    options.accessLog = site.workplace + "/none"
    #expect(throws: BuildError.self) { try site.packed(options) }
  }

  /// Any site: whatever refers to whatever, everything is there, once, and no group is longer than it has to be.
  @Test func `Whatever refers to whatever, the pack is whole and dense`() throws {
    var random = SeededRandom(seed: 0x414E_5953)
    for _ in 0..<6 {
      let site = try TestSite()
      let count = Int.random(in: 1...80, using: &random)
      var total = 0
      for number in 0..<count {
        let references = (0..<Int.random(in: 0...6, using: &random)).map { _ in
          let other = Int.random(in: 0..<count, using: &random)
          return ["<img src=\(other).html>", "<a href=\(other).html>", "<iframe src=\(other).html></iframe>"]
            .randomElement(
              using: &random) ?? ""
        }
        let size = [10, 3_000, 30_000, 64_000, 130_000, 600_000][Int.random(in: 0...5, using: &random)]
        total += size
        let content = references.joined() + String(repeating: "\(number) ", count: size / 3)
        try site.write("/\(number).html", Array(content.utf8))
      }
      let pack = try site.packed()
      #expect(try pack.check() == count, "\(random)")
      for entry in try pack.entries() { #expect(pack.superblock.group(of: entry).count <= 40, "\(random)") }
      let least = total / BlockGeometry.payloadCount + 2
      #expect(Int(pack.superblock.blockCount) <= 2 * least + 2, "\(random)")
    }
  }
}
