import Foundation
import Testing

/// What the documents name is there.
struct DocumentTests {
  /// A file, and a name that stands in it, as `File.swift: name` says in a document.
  struct Mention {
    var file: Substring
    var name: Substring?
  }

  /// What stands between backticks and looks like a file of the package.
  static func mentions(in text: String) -> [Mention] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 && ($0.element.contains(".swift") || $0.element.hasPrefix("Tests/")) }
      .map { _, code in
        let parts = code.split(separator: ":", maxSplits: 1)
        return Mention(file: parts[0], name: parts.count > 1 ? parts[1].drop { $0 == " " } : nil)
      }
      .filter { $0.file.hasSuffix(".swift") || $0.file.split(separator: "/").count > 2 }
  }

  @Test func `Every file and name in the table of TCP exists`() throws {
    let repository = try Repository.current.get()
    let text = try String(contentsOf: Repository.root.appending(path: "docs/TCP.md"), encoding: .utf8)
    let mentions = DocumentTests.mentions(in: text)
    #expect(mentions.count > 60)
    for mention in mentions {
      let files = repository.files.filter { $0.path == mention.file || $0.path.hasSuffix("/\(mention.file)") }
      let isScript = FileManager.default.fileExists(
        atPath: Repository.root.appending(path: String(mention.file)).path)
      #expect(!files.isEmpty || isScript, "\(mention.file) does not exist")
      if let name = mention.name {
        #expect(files.contains { $0.code.joined().contains(name) }, "\(mention.file) has no \(name)")
      }
    }
  }
}
