import PackBuilder
import Testing

/// What files are sent as.
struct MediaTypesTests {
  @Test(arguments: [
    "index.html": "text/html; charset=utf-8", "a.css": "text/css; charset=utf-8",
    "a.js": "text/javascript; charset=utf-8", "a.mjs": "text/javascript; charset=utf-8", "a.wasm": "application/wasm",
    "a.json": "application/json", "a.xml": "application/xml", "a.svg": "image/svg+xml", "a.woff2": "font/woff2",
    "a.avif": "image/avif", "a.webp": "image/webp", "a.pdf": "application/pdf", "a.mp4": "video/mp4",
    "a.webm": "video/webm", "a.txt": "text/plain; charset=utf-8", "site.webmanifest": "application/manifest+json",
    "A.JPEG": "image/jpeg", "a.tar.gz": "application/gzip", "apple-app-site-association": "application/json",
    "LICENSE": "text/plain; charset=utf-8", "a.zzz": "application/octet-stream", "noending": "application/octet-stream",
  ])
  func `A name has its type`(name: String, type: String) throws {
    let pack = try TestSite(["/\(name)": "x"]).packed()
    #expect(try pack.answer("/\(name)")?.field("Content-Type") == type)
  }

  @Test func `A person's type comes before the known one, as it was written`() throws {
    let site = try TestSite(["/a.foo": "", "/a.html": "", "/a.XSL": ""])
    var options = BuildOptions()
    options.mediaTypes = ["foo=application/x-foo", ".html=text/html; charset=latin1", "xsl=text/xsl"]
    let pack = try site.packed(options)
    #expect(try pack.answer("/a.foo")?.field("Content-Type") == "application/x-foo")
    #expect(try pack.answer("/a.html")?.field("Content-Type") == "text/html; charset=latin1")
    #expect(try pack.answer("/a.XSL")?.field("Content-Type") == "text/xsl")
  }

  @Test(arguments: ["", "foo", "=a/b", "foo=", "foo=a", "foo=a/", "foo=a/b/c", "foo=a b/c", "foo=a/b\r\nX: y"])
  func `What is no type is refused`(text: String) throws {
    var options = BuildOptions()
    options.mediaTypes = [text]
    let site = try TestSite(["/a.foo": ""])
    #expect(throws: BuildError.badMediaType(text)) { try PackBuilder.survey(site.root, options: options) }
  }

  @Test func `What is unknown is said, once for each ending`() throws {
    let site = try TestSite(["/a.foo": "", "/b/c.foo": "", "/x": "", "/y.html": ""])
    let warnings = try PackBuilder.survey(site.root, options: BuildOptions()).warnings
    #expect(
      warnings == [
        "1 file without an ending: sent as application/octet-stream",
        "2 files of unknown type .foo: sent as application/octet-stream unless you say   --mime foo=TYPE",
      ])
  }
}
