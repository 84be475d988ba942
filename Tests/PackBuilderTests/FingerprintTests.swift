import Testing

@testable import PackBuilder

struct FingerprintTests {
  @Test(arguments: [
    "app.3f2a9b1c.js", "main-4f9c2b7a.css", "index-BX3k9a1Z.js", "chunk.0a1b2c3d4e5f.mjs", "logo_a3F9k2Lq.svg",
    "vendors~main.8e0d7f3a2c.chunk.js", "app-4QJ2XK7A.js", "font.d41d8cd98f00b204e9800998ecf8427e.woff2",
    "photo-123e4567-e89b-12d3-a456-426614174000.jpg",
  ])
  func `A hash in a name is found`(name: String) {
    #expect(Fingerprint.isIn(name))
  }

  @Test(arguments: [
    "app.js", "3f2a9b1c.js", "jquery-3.6.0.min.js", "report-20240101.pdf", "photo-DSCF1234.jpg",
    "IMG_20240101_120000.jpg",
    "about-JavaScript.js", "bootstrap-icons.woff2", "deadbeef.js", "facade-decades.css", "app.3f2a9b1.js",
    "page.3f2a9b1c.html", "data.3f2a9b1c.json", "index-2024.css", "v1-22334455.js", "release-2.10.0-rc1.tar",
    "noending",
    "", ".", "-.", "app.ü3f2a9b1c.js", "app.3f2a9b1c",
  ])
  func `What only looks like one is not`(name: String) {
    #expect(!Fingerprint.isIn(name))
  }
}
