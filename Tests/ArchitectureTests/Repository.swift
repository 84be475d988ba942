import Foundation

/// The package's own sources, found from where this file was compiled.
struct Repository {
  /// All Swift and C files below `Sources`, `Tests` and `CModules`, and the manifest.
  let files: [SourceFile]

  /// The package this test belongs to, read once.
  static let current = Result { try Repository(root: root) }

  static var root: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  /// Reads the package at `root`.
  init(root: URL) throws {
    var paths = ["Package.swift"]
    for top in ["CModules", "Sources", "Tests"] {
      let below = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: top).path)
      paths += below.map { "\(top)/\($0)" }.filter { path in
        [".swift", ".c", ".h"].contains { path.hasSuffix($0) }
      }
    }
    files = try paths.sorted().map { path in
      SourceFile(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
    }
  }

  /// The Swift files below one of the tops.
  func swiftFiles(below top: String) -> [SourceFile] {
    files.filter { $0.top == top && $0.isSwift }
  }
}
