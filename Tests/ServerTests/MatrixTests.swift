import Foundation
import TestKit
import Testing

/// The table in docs/HTTP.md names tests that there are.
struct MatrixTests {
  private static let root = CorpusVector.folder.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The rows of all tables, cell by cell.
  private static func rows() throws -> [[String]] {
    let text = try String(contentsOf: root.appending(path: "docs/HTTP.md"), encoding: .utf8)
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| requirement") }
    return lines.map { line in
      line.dropFirst(2).dropLast(2).components(separatedBy: " | ")
    }
  }

  /// The names of all tests below `Tests` that are sentences.
  private static func sentences() throws -> Set<String> {
    let tests = root.appending(path: "Tests")
    let files = try FileManager.default.subpathsOfDirectory(atPath: tests.path).filter { $0.hasSuffix("Tests.swift") }
    let names = try files.flatMap { file in
      try String(contentsOf: tests.appending(path: file), encoding: .utf8).components(separatedBy: "func `").dropFirst()
        .compactMap { $0.split(separator: "`").first.map(String.init) }
    }
    return Set(names)
  }

  @Test
  func `Every requirement names a section and tests that there are`() throws {
    let rows = try MatrixTests.rows()
    let known = try MatrixTests.sentences().union(try CorpusVector.all.get().map(\.name))
    #expect(rows.count >= 50)
    for row in rows {
      try #require(row.count == 3, "\(row)")
      #expect(row[1].contains("§"), "\(row)")
      let names = row[2].components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
      #expect(!names.isEmpty, "\(row)")
      for name in names { #expect(known.contains(name), "there is no test \(name)") }
    }
  }
}
