import Markup
import TestKit
import Testing

/// What pages refer to.
struct HTMLTests {
  static func references(_ text: String) -> [Reference] { HTML.findings(in: Array(text.utf8)).references }

  @Test(
    arguments: [
      ("<img src=a.png>", [Reference("a.png", .image)]),
      ("<IMG SRC='a.png'>", [Reference("a.png", .image)]),
      ("<a href=b.html>b</a>", [Reference("b.html", .link)]),
      ("<link rel=stylesheet href=a.css>", [Reference("a.css", .style)]),
      ("<link rel='alternate stylesheet' href=a.css>", [Reference("a.css", .alternative)]),
      ("<link rel='shortcut icon' href=i.ico>", [Reference("i.ico", .image)]),
      ("<link rel=apple-touch-icon href=i.png>", [Reference("i.png", .alternative)]),
      ("<link rel=preload as=font href=f.woff2>", [Reference("f.woff2", .font)]),
      ("<link rel=modulepreload href=m.js>", [Reference("m.js", .script)]),
      ("<link rel=canonical href=c.html>", []),
      ("<link rel=next href=n.html>", [Reference("n.html", .link)]),
      ("<script src=s.js></script>", [Reference("s.js", .script)]),
      ("<script>document.write('<img src=no.png>')</script>", []),
      ("<iframe src=f.html></iframe>", [Reference("f.html", .frame)]),
      (
        "<video poster=p.jpg src=v.mp4><source src=w.webm><track src=t.vtt></video>",
        [
          Reference("p.jpg", .image), Reference("v.mp4", .media), Reference("w.webm", .media),
          Reference("t.vtt", .media),
        ]
      ),
      (
        "<picture><source srcset='a.avif 1x, b.avif 2x'><img src=c.png srcset='c.png 1x,d.png 2x'></picture>",
        [
          Reference("a.avif", .alternative), Reference("b.avif", .alternative), Reference("c.png", .image),
          Reference("d.png", .alternative),
        ]
      ),
      ("<style>a{background:url(b.png)}</style>", [Reference("b.png", .image)]),
      ("<p style='background:url(b.png)'>", [Reference("b.png", .image)]),
      (
        "<svg><image xlink:href=a.png /><use href='u.svg#x'/></svg>",
        [Reference("a.png", .image), Reference("u.svg#x", .image)]
      ),
      ("<object data=o.svg></object><embed src=e.swf>", [Reference("o.svg", .image), Reference("e.swf", .image)]),
      ("<!-- <img src=no.png> --><img src=y.png>", [Reference("y.png", .image)]),
      ("<img src='a&amp;b.png'>", [Reference("a&b.png", .image)]),
      ("<img src=''><img>", []), ("plain text", []), ("", []), ("<", []), ("<img src=", []),
    ] as [(String, [Reference])])
  func `A reference is found where HTML has one`(text: String, expected: [Reference]) {
    #expect(HTMLTests.references(text) == expected)
    #expect(HTMLTests.references("<!DOCTYPE html><html><head></head><body>\(text)") == expected)
  }

  @Test func `What the references are relative to is told, the first of several`() {
    let findings = HTML.findings(in: Array("<base href=/x/><base href=/y/><img src=a.png>".utf8))
    #expect(findings.base == "/x/" && findings.references == [Reference("a.png", .image)])
  }

  @Test func `Whatever the bytes, reading them ends`() {
    var random = SeededRandom(seed: 0x4854_4D4C)
    let pieces = [
      "<", ">", "</", "html", "<html lang=x>", "<html", "<body", "<style>", "</style>", "<script>", "=", "'", "\"",
      "img src=",
      " ", "\n", "&", "&#0;", "<!--", "-->", "<![CDATA[", "]]>", "<?", "<!DOCTYPE", "\0", "é", "\u{FEFF}",
      "meta charset=x",
      "<meta charset=utf-16>", "srcset=", "a,b 1x", "table", "<frameset>",
    ]
    for _ in 0..<2_000 {
      let count = Int.random(in: 0...40, using: &random)
      let text = (0..<count).map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
      _ = HTMLTests.references(text)
    }
    for _ in 0..<300 { _ = HTML.findings(in: random.bytes(count: Int.random(in: 0...500, using: &random))) }
  }
}
