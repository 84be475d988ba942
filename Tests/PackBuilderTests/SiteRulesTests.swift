import Pack
import TestKit
import Testing

@testable import PackBuilder

/// The files in which a site says how it wants to be served.
struct SiteRulesTests {
  /// A site with these files, packed.
  private func packed(_ files: [String: String], _ options: BuildOptions = BuildOptions()) throws -> PackedSite {
    var all = ["/index.html": "home", "/app.js": "a", "/docs/index.html": "docs", "/docs/page.html": "page"]
    all.merge(files) { $1 }
    return try TestSite(all).packed(options)
  }

  /// What is wrong with a file, without the folder that it is in.
  private func complaint(_ name: String, _ text: String) throws -> String {
    let site = try TestSite(["/index.html": "home", "/" + name: text])
    do {
      _ = try site.packed()
      return "nothing"
    } catch let error as BuildError {
      return error.description.replacing(site.root + "/", with: "")
    }
  }

  @Test
  func `Files of rules are not packed`() throws {
    let site = try packed(["/_headers": "", "/_redirects": "", "/cheetah.toml": "", "/docs/_headers": "x"])
    #expect(
      try site.answer("/_headers") == nil && site.answer("/_redirects") == nil && site.answer("/cheetah.toml") == nil)
    #expect(try site.answer("/docs/_headers")?.body == Array("x".utf8))
  }

  @Test
  func `Fields are those of all paths that fit, and of one name the last`() throws {
    let site = try packed([
      "/_headers": """
      # Everything.
      /*
        X-Frame-Options: DENY
        Cache-Control: max-age=60
        Link: </a>
        Link: </b>
      /docs/*
        X-Frame-Options: SAMEORIGIN
        ! Link
      /app.js
        Cache-Control: no-store
        Content-Type: application/x-app
      /docs/:name
        X-Page: yes
      """
    ])
    let (home, app) = (try #require(try site.answer("/")), try #require(try site.answer("/app.js")))
    let (docs, page) = (try #require(try site.answer("/docs/")), try #require(try site.answer("/docs/page.html")))
    #expect(home.field("X-Frame-Options") == "DENY" && home.field("Link") == "</a>, </b>")
    #expect(home.field("Cache-Control") == "max-age=60" && app.field("Cache-Control") == "no-store")
    #expect(app.field("Content-Type") == "application/x-app")
    #expect(docs.field("X-Frame-Options") == "SAMEORIGIN" && docs.field("Link") == nil)
    #expect(page.field("X-Page") == "yes" && home.field("X-Page") == nil)
  }

  @Test
  func `Rules of the toml are those of the other files`() throws {
    let site = try packed([
      "/cheetah.toml": """
      index = "index.html"
      immutable = ["app.js"]
      exclude = ["draft.html"]
      charset = "iso-8859-1"

      [types]
      foo = "application/x-foo"

      [[headers]]
      for = "/docs/*"
      values = { X-Docs = "yes" }

      [[redirects]]
      from = "/old"
      to = "/docs/"
      status = 302
      """, "/draft.html": "x", "/a.foo": "x",
    ])
    #expect(try site.answer("/draft.html") == nil)
    #expect(try site.answer("/a.foo")?.field("Content-Type") == "application/x-foo")
    #expect(try site.answer("/")?.field("Content-Type") == "text/html; charset=iso-8859-1")
    #expect(try site.answer("/app.js")?.field("Cache-Control")?.contains("immutable") == true)
    #expect(try site.answer("/docs/page.html")?.field("X-Docs") == "yes")
    #expect(try site.answer("/old")?.target == "/docs/" && site.answer("/old")?.status == 302)
  }

  @Test
  func `Names with hashes are immutable unless something else is said`() throws {
    let files = ["/app.3f2a9b1c.js": "x", "/main.3f2a9b1c.css": "y"]
    let site = try packed(files)
    #expect(try site.answer("/app.3f2a9b1c.js")?.field("Cache-Control") == "public, max-age=31536000, immutable")
    let other = try packed(
      files.merging(["/_headers": "/app.3f2a9b1c.js\n  Cache-Control: no-store", "/cheetah.toml": ""]) { $1 })
    #expect(try other.answer("/app.3f2a9b1c.js")?.field("Cache-Control") == "no-store")
    #expect(try other.answer("/main.3f2a9b1c.css")?.field("Cache-Control")?.contains("immutable") == true)
    let off = try packed(files.merging(["/cheetah.toml": "fingerprints = false"]) { $1 })
    #expect(try off.answer("/app.3f2a9b1c.js")?.field("Cache-Control") == "no-cache")
  }

  @Test
  func `Clean paths lose their ending, and the old ones lead there`() throws {
    let site = try packed(["/cheetah.toml": "clean-urls = true", "/docs.html": "other", "/404.html": "nothing"])
    #expect(try site.answer("/docs/page")?.body == Array("page".utf8))
    #expect(try site.answer("/docs/page.html")?.target == "/docs/page")
    #expect(try site.answer("/docs/index.html")?.target == "/docs/")
    #expect(try site.answer("/index.html")?.target == "/")
    #expect(try site.answer("/docs")?.target == "/docs/")
    #expect(try site.answer("/docs.html")?.body == Array("other".utf8))
    #expect(try site.answer("/404.html")?.body == Array("nothing".utf8))
    #expect(site.superblock.notFound != nil)
  }

  @Test
  func `Redirects to paths and hosts keep their text`() throws {
    let site = try packed([
      "/_redirects": """
      /a /docs/            # with a comment
      /b https://example.com/x?y=z#part 308
      /c /docs/ü%20x 307
      /d%20e /docs/ 303
      /home /index.html 200
      /app.js /docs/ 301!
      """,
      "/_headers": "/a\n  X-A: b\n/*\n  X-All: c",
    ])
    let first = try #require(try site.answer("/a"))
    #expect(first.target == "/docs/" && first.status == 301 && first.fields == "X-A: b\r\nX-All: c\r\n")
    #expect(try site.answer("/b")?.target == "https://example.com/x?y=z#part" && site.answer("/b")?.status == 308)
    #expect(try site.answer("/c")?.target == "/docs/%C3%BC%20x")
    #expect(try site.answer("/d e")?.status == 303)
    #expect(try site.answer("/home")?.body == Array("home".utf8))
    #expect(try site.answer("/app.js")?.target == "/docs/")
    #expect(site.superblock.rules == nil)
  }

  @Test
  func `Rules that are never reached are named`() throws {
    let site = try TestSite([
      "/index.html": "", "/a": "", "/_redirects": "/a /b\n/x/* /y\n/x/z /y/z\n",
    ])
    let summary = try PackBuilder.pack(site.root, to: site.pack, options: BuildOptions())
    #expect(
      summary.warnings.filter { $0.contains("never reached") }.map { $0.replacing(site.root + "/", with: "") } == [
        "_redirects:1: never reached, for the site has /a; write 301! to mean it all the same",
        "_redirects:3: never reached, for line 2 fits first",
      ])
  }

  @Test
  func `Paths that are too many for one block are found by the table`() throws {
    let rules = (0..<300).map { "/route\($0) /index.html 200\n" }.joined()
    var options = BuildOptions()
    options.codings = [.gzip, .brotli, .zstandard]
    let site = try packed(["/index.html": VariantsTests.text, "/_redirects": rules], options)
    let home = try #require(try site.answer("/"))
    #expect(home.forms.count == 4 && home.body == Array(VariantsTests.text.utf8))
    let records = try (0..<300).map { try site.answer("/route\($0)") }
    let place = try #require(site.superblock.rules)
    let block = try site.block(place.block)
    let count = try PackCheck.rules(block.rawSpan, at: place)
    #expect(records.compactMap { $0 }.count + count == 300 && count < 150)
    #expect(records[0]?.body == home.body && records[299] == nil)
    #expect(try site.check() == Int(site.superblock.entryCount))
  }

  @Test
  func `The reference to a path has everything escaped that a path may not hold`() {
    let cases = [
      ("/a b/ü/", "/a%20b/%C3%BC/"), ("/a?b#c%d\u{7F}\"/", "/a%3Fb%23c%25d%7F%22/"),
      ("/-._~!$&'()*+,;=:@/", "/-._~!$&'()*+,;=:@/"), ("/a\r\nB: c/", "/a%0D%0AB:%20c/"),
    ]
    for (path, expected) in cases {
      #expect(String(decoding: RuleTarget.reference(to: path), as: UTF8.self) == expected)
    }
  }

  @Test(arguments: [
    ("_headers", "X: y", "_headers:1: a path begins with a slash: \"X: y\""),
    ("_headers", "  X: y", "_headers:1: a field belongs below a path, which stands at the front of a line"),
    ("_headers", "\n/a\n  X y", "_headers:3: a field is a name, a colon and a value in printable ASCII: \"X y\""),
    ("_headers", "/a\n  ETag: y", "_headers:2: ETag cannot be set: it follows from the file, or the server decides it"),
    ("_headers", "/a*b\n", "_headers:1: `*` stands at the end of a path: \"/a*b\""),
    ("_headers", "/:a/:a\n", "_headers:1: a placeholder stands twice in \"/:a/:a\""),
    ("_headers", "/%zz\n", "_headers:1: `%` has two hexadecimal digits behind it: \"%zz\""),
    (
      "_redirects", "/" + String(repeating: "a", count: 70_000) + " /b",
      "_redirects:1: a path has at most 4096 bytes"
    ),
    ("_redirects", "/a", "_redirects:1: a redirect is a path and where it leads: \"/a\""),
    (
      "_redirects", "#\n/a /b 299",
      "_redirects:2: a status is 200, 301, 302, 303, 307, 308, 403, 404, 410 or 451, not \"299\""
    ),
    ("_redirects", "/a /a", "_redirects:1: it leads to itself: \"/a\""),
    (
      "_redirects", "/a //b",
      "_redirects:1: it leads to a path with one slash in front, or to a URL with http or https: \"//b\""
    ),
    ("_redirects", "/a https://b 200", "_redirects:1: content is that of a path of this site: \"https://b\""),
    ("_redirects", "/a /b 200", "_redirects:1: there is no /b in the site"),
    (
      "_redirects", "/a/* https://:splat/",
      "_redirects:1: a placeholder stands for no part of a host: \"https://:splat/\""
    ),
    (
      "_redirects", "/a id=:id /b",
      "_redirects:1: a rule that asks for queries, countries, languages or the like is not supported: \"/a id=:id /b\""
    ),
    ("cheetah.toml", "\nfoo = 1", "cheetah.toml:2: there is no setting \"foo\"; docs/SITE.md has them all"),
    ("cheetah.toml", "dotfiles = \"yes\"", "cheetah.toml:1: dotfiles is true or false"),
    ("cheetah.toml", "index = 1", "cheetah.toml:1: index is a text in quotes"),
    ("cheetah.toml", "exclude = \"a\"", "cheetah.toml:1: exclude is a list of texts"),
    ("cheetah.toml", "[types]\nfoo = \"x\"", "cheetah.toml:2: no media type: \"x\""),
    ("cheetah.toml", "fallback = \"/none\"", "cheetah.toml:1: there is no /none in the site"),
    (
      "cheetah.toml", "[[redirects]]\nfrom = \"/a\"\nto = \"/b\"\n\n[[redirects]]\nfrom = \"c\"\nto = \"/d\"",
      "cheetah.toml:6: a path begins with a slash: \"c\""
    ),
    (
      "cheetah.toml", "[[headers]]\nfor = \"/a\"",
      "cheetah.toml:2: an entry of headers has `for`, a path, and `values`, a table of fields"
    ),
  ])
  func `What is wrong is named by file and line`(name: String, text: String, expected: String) throws {
    #expect(try complaint(name, text) == expected)
  }

  @Test
  func `A text that is no TOML is named by its line`() throws {
    #expect(try complaint("cheetah.toml", "\n\nindex = \n").hasPrefix("cheetah.toml:3: "))
  }

  @Test
  func `What the command line says of paths counts like what the toml says`() throws {
    var options = BuildOptions()
    (options.hasCleanPaths, options.listsDirectories, options.fallbackPath) = (true, true, "/docs/page.html")
    let site = try packed(["/files/a.txt": "", "/cheetah.toml": "fallback = \"/index.html\""], options)
    #expect(try site.answer("/docs/page")?.body == Array("page".utf8))
    #expect(try site.answer("/docs/page.html")?.target == "/docs/page" && site.answer("/files/") != nil)
    #expect(site.superblock.rules != nil)
    options.fallbackPath = "/none"
    #expect(throws: BuildError.badRule("--fallback", line: 0, "there is no /none in the site")) {
      try packed([:], options)
    }
    #expect(BuildError.badRule("--fallback", line: 0, "no").description == "--fallback: no")
  }

  @Test
  func `Pages for errors are found by their names, or named`() throws {
    let pages = ["/404.html": "a", "/50x.html": "b", "/4xx.html": "c", "/501.html": "d", "/e.html": "e"]
    let site = try packed(
      pages.merging(["/cheetah.toml": "clean-urls = true\n[error-pages]\n400 = \"/e.html\""]) { $1 })
    for (status, path) in [(400, "/e"), (500, "/50x"), (501, "/501"), (505, "/50x"), (412, "/4xx")] {
      #expect(try site.superblock.errorPages[UInt16(status)] == site.answer(path)?.record, "\(status)")
    }
    #expect(site.superblock.errorPages[404] == nil && site.superblock.notFound != nil)
    let other = try packed(["/4xx.html": "c"]).superblock
    #expect(other.notFound == nil && other.errorPages[404] != nil && other.errorPages[500] == nil)
    let named = try packed(["/404.html": "a", "/e.html": "e", "/cheetah.toml": "[error-pages]\n404 = \"/e.html\""])
    #expect(try named.superblock.notFound == named.answer("/e.html")?.record)
  }

  @Test
  func `A page for an error that is not there, or is for none, is said to be wrong`() throws {
    #expect(
      try complaint("cheetah.toml", "[error-pages]\n500 = \"/none.html\"")
        == "cannot pack the site: there is no /none.html in it, which is to be the page for 500")
    for line in ["200 = \"/index.html\"", "403 = \"/index.html\"", "x = \"/index.html\""] {
      #expect(try complaint("cheetah.toml", "[error-pages]\n\(line)").hasPrefix("cheetah.toml:2: a page is for one of"))
    }
    #expect(try complaint("cheetah.toml", "[error-pages]\n500 = 7").hasPrefix("cheetah.toml:2: 500 is the path of"))
  }

  @Test
  func `Directories are listed when that is asked for`() throws {
    let files = [
      "/cheetah.toml": "listings = true", "/files/a<b>.txt": "12345", "/files/sub/c.txt": "", "/files/ü.txt": "",
    ]
    let page = try #require(try packed(files).answer("/files/"))
    let text = String(decoding: page.body, as: UTF8.self)
    #expect(text.contains("<a href=\"./a%3Cb%3E.txt\">a&lt;b&gt;.txt</a></td><td>5</td><td>1994-11-06 08:49</td>"))
    #expect(text.contains("<a href=\"./sub/\">sub/</a>") && text.contains("<a href=\"./%C3%BC.txt\">ü.txt</a>"))
    #expect(text.contains("<a href=\"../\">"))
    #expect(try packed(files).answer("/files")?.target == "/files/")
    #expect(try packed(["/files/a.txt": ""]).answer("/files/") == nil)
  }
}
