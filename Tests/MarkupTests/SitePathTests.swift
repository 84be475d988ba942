import Markup
import Testing

/// Where references lead.
struct SitePathTests {
  @Test(
    arguments: [
      ("a.png", "/docs/x.html", "/docs/a.png"), ("a.png", "/docs/", "/docs/a.png"),
      ("/a.png", "/docs/x.html", "/a.png"),
      ("../a.png", "/docs/x.html", "/a.png"), ("./a.png", "/docs/x.html", "/docs/a.png"),
      ("../../a.png", "/docs/x.html", nil), ("..", "/a/b/c.html", "/a/"), (".", "/a/b/c.html", "/a/b/"),
      ("b/../c.png", "/a/x.html", "/a/c.png"), ("a.png?v=1", "/x.html", "/a.png"), ("a.png#x", "/x.html", "/a.png"),
      ("#top", "/x.html", nil), ("?q", "/x.html", nil), ("", "/x.html", nil), (" a.png\n", "/x.html", "/a.png"),
      ("http://example.com/a.png", "/x.html", nil), ("data:image/png;base64,AAAA", "/x.html", nil),
      ("mailto:a@b.c", "/x.html", nil), ("//example.com/a.png", "/x.html", nil), ("a%20b.png", "/x.html", "/a b.png"),
      ("%C3%A4.png", "/x.html", "/ä.png"), ("%FF.png", "/x.html", nil), ("a%2", "/x.html", nil),
      ("a%zz", "/x.html", nil),
      ("a%00", "/x.html", nil), ("%2e%2e/a", "/b/x.html", "/a"), ("a:b.png", "/x.html", nil),
      ("./a:b.png", "/x.html", "/a:b.png"),
      ("/", "/x.html", "/"), ("...", "/x.html", "/..."),
    ] as [(String, String, String?)])
  func `A reference leads to one path or to none`(reference: String, base: String, expected: String?) {
    #expect(SitePath.resolve(reference, against: base) == expected)
  }
}
