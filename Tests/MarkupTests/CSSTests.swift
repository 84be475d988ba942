import Markup
import TestKit
import Testing

/// What style sheets refer to.
struct CSSTests {
  static func references(_ text: String) -> [Reference] { CSS.references(in: Array(text.utf8)) }

  @Test(
    arguments: [
      ("@import 'a.css';", [Reference("a.css", .style)]),
      ("@import url(a.css) screen;", [Reference("a.css", .style)]),
      ("@IMPORT URL( \"a.css\" ) layer(x);", [Reference("a.css", .style)]),
      ("a { background: url(img/b.png) }", [Reference("img/b.png", .image)]),
      ("a { background: url('b.png'), url(\"c.png\") }", [Reference("b.png", .image), Reference("c.png", .image)]),
      ("a { background:url(\n b.png\t) }", [Reference("b.png", .image)]),
      ("a{content:\"url(no.png)\"}", []),
      ("/* url(no.png) */ a{background:/**/url(b.png)/* url(no) */}", [Reference("b.png", .image)]),
      ("a { background: \\75rl(b.png) }", [Reference("b.png", .image)]),
      ("a { background: url(b\\)c.png) }", [Reference("b)c.png", .image)]),
      ("a { background: url(b c.png) url(d.png) }", [Reference("d.png", .image)]),
      ("a { background: url(b\"c.png) url(d.png) }", [Reference("d.png", .image)]),
      (
        "a { background: image-set('a.png' 1x, 'b.png' 2x) }",
        [Reference("a.png", .image), Reference("b.png", .alternative)]
      ),
      (
        "@font-face { src: url(a.woff2) format('woff2'), url(a.ttf) } b { background: url(c.png) }",
        [Reference("a.woff2", .font), Reference("a.ttf", .alternative), Reference("c.png", .image)]
      ),
      ("@namespace svg url(http://www.w3.org/2000/svg); a{b:url(c.png)}", [Reference("c.png", .image)]),
      ("@charset \"utf-8\"; @import 'x.css';", [Reference("x.css", .style)]),
      ("background: url(b.png)", [Reference("b.png", .image)]),
      ("a { width: calc(1px + 2px); filter: url(#id) }", [Reference("#id", .image)]),
      ("a { b: xurl(c.png) }", []),
      ("a { b: url(c.png", [Reference("c.png", .image)]),
      ("a { b: 'open\n url(c.png) }", [Reference("c.png", .image)]),
      ("@import", []), ("\\", []), ("'", []), ("url(", [Reference("", .image)]), ("/*", []), ("@", []), ("", []),
    ] as [(String, [Reference])])
  func `A reference is found where CSS has one`(text: String, expected: [Reference]) {
    #expect(CSSTests.references(text) == expected)
  }

  @Test func `Whatever the bytes, reading them ends`() {
    var random = SeededRandom(seed: 0x4353_5321)
    let pieces = [
      "url(", ")", "'", "\"", "\\", "\\a", "/*", "*/", "@import", "{", "}", ";", " ", "\n", "a", "1", "-", "é",
    ]
    for _ in 0..<3_000 {
      let count = Int.random(in: 0...30, using: &random)
      let text = (0..<count).map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
      #expect(CSSTests.references(text).count <= count, "\(text), \(random)")
    }
  }
}
