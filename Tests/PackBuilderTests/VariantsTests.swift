import Pack
import PackBuilder
import TestKit
import Testing

/// Coded forms of files.
struct VariantsTests {
  static let codings: [Representation.Coding] = [.gzip, .brotli, .zstandard]
  static let text = (0..<800).map { "Line \($0 * 7_919 % 1_000) of a text.\n" }.joined()

  static var options: BuildOptions {
    var options = BuildOptions()
    options.codings = codings
    return options
  }

  @Test func `Text is stored in each coding, with a head and a tag of its own`() throws {
    let pack = try TestSite(["/a.html": VariantsTests.text]).packed(VariantsTests.options)
    #expect(try pack.check() == 1)
    let forms = try #require(try pack.answer("/a.html")).forms
    #expect(forms.map(\.coding) == [.identity, .gzip, .brotli, .zstandard])
    #expect(Set(forms.map { $0.field("ETag") }).count == 4)
    #expect(forms.map { $0.field("Content-Encoding") } == [nil, "gzip", "br", "zstd"])
    for form in forms {
      #expect(form.field("Vary") == "Accept-Encoding" && form.field("Content-Length") == "\(form.body.count)")
      #expect(form.part { $0.validators }.contains("Vary: ") && form.layout.count % 2 == 0)
      let content = Coder.decode(form.body, as: form.coding, count: VariantsTests.text.utf8.count)
      #expect(content == Array(VariantsTests.text.utf8), "\(form.coding)")
    }
  }

  @Test func `Neither a form nor a file of more bytes than are coded is decoded`() {
    let most = VariantRule.largestFile
    #expect(VariantRule.allows(form: most, of: most) && VariantRule.allows(form: 0, of: most))
    #expect(!VariantRule.allows(form: 10, of: most + 1) && !VariantRule.allows(form: most + 1, of: 10))
  }

  @Test func `Only the codings that are wanted are made`() throws {
    var options = BuildOptions()
    options.codings = [.zstandard, .identity]
    let forms = try #require(try TestSite(["/a.css": VariantsTests.text]).packed(options).answer("/a.css")).forms
    #expect(forms.map(\.coding) == [.identity, .zstandard])
    let plain = try #require(try TestSite(["/a.css": VariantsTests.text]).packed().answer("/a.css")).forms
    #expect(plain.map(\.coding) == [.identity] && plain[0].field("Vary") == nil)
  }

  @Test func `What is compressed, short or noise is stored as it is`() throws {
    var random = SeededRandom(seed: 0x4E4F_5041)
    let site = try TestSite(["/a.png": VariantsTests.text, "/a.woff2": VariantsTests.text, "/short.html": "<p>short"])
    try site.write("/noise.txt", random.bytes(count: 50_000))
    let pack = try site.packed(VariantsTests.options)
    for path in ["/a.png", "/a.woff2", "/short.html", "/noise.txt"] {
      let forms = try #require(try pack.answer(path)).forms
      #expect(forms.count == 1 && forms[0].field("Vary") == nil, "\(path)")
    }
  }

  @Test func `A form that saves less than a tenth or 512 bytes is not kept`() throws {
    var random = SeededRandom(seed: 0x5041_5953)
    // Nearly all of it is noise; the rest saves a twelfth.
    let site = try TestSite(["/small.txt": String(repeating: "ab", count: 300)])
    try site.write("/mostly.txt", random.bytes(count: 11_000) + [UInt8](repeating: 0, count: 1_000))
    try site.write("/partly.txt", random.bytes(count: 5_000) + [UInt8](repeating: 0, count: 5_000))
    let pack = try site.packed(VariantsTests.options)
    #expect(try pack.answer("/small.txt")?.forms.count == 4)
    #expect(try pack.answer("/mostly.txt")?.forms.count == 1)
    #expect(try pack.answer("/partly.txt")?.forms.count == 4)
  }

  @Test func `Equal files share their forms, and every path of a file has them`() throws {
    let site = try TestSite(["/a/index.html": VariantsTests.text, "/b.html": VariantsTests.text])
    // Long enough for its shortest form to be shared.
    let long = (0..<30_000).map { "\($0 &* 2_654_435_761 % 1_000_003) " }.joined()
    for path in ["/c.txt", "/d.txt"] { try site.write(path, Array(long.utf8)) }
    let pack = try site.packed(VariantsTests.options)
    let places = try ["/a/", "/a/index.html"].map { try #require(try pack.answer($0)).forms.map(\.place) }
    #expect(places[0] == places[1] && places[0].count == 4)
    let shared = try ["/c.txt", "/d.txt"].map { try #require(try pack.answer($0)).forms.map(\.place) }
    #expect(shared[0] == shared[1] && shared[0].count == 4)
  }

  @Test func `However many threads there are, the pack is the same`() throws {
    let site = try TestSite()
    for number in 0..<30 { try site.write("/\(number).html", Array((VariantsTests.text + "\(number)").utf8)) }
    try site.write("/big.bin", [UInt8](repeating: 7, count: 3_000_000))
    var options = VariantsTests.options
    let packs = try [1, 2, 7].map { jobs in
      options.jobs = jobs
      return try site.packed(options).bytes
    }
    #expect(packs[0] == packs[1] && packs[1] == packs[2])
    #expect(try site.neighbours == ["site.cheetah"], "the spool has no name")
  }

  @Test(arguments: codings)
  func `What is no coded form is not decoded`(coding: Representation.Coding) {
    #expect(Coder.decode([], as: coding, count: 10) == nil)
    #expect(Coder.decode(Array("no such thing".utf8), as: coding, count: 10) == nil)
    #expect(Coder.decode([UInt8](repeating: 0x1F, count: 100), as: coding, count: 0) == nil)
  }
}
