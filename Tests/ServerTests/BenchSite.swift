import Foundation
import PackBuilder

/// A site that is packed for a test: its files are written to a directory, packed, and read into memory.
enum BenchSite {
  /// When all files were changed: the example of RFC 9110 §5.6.7.
  static let modified: Int64 = 784_111_777

  /// The pack of these files.
  static func pack(_ files: [String: [UInt8]], options: BuildOptions = BuildOptions()) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cheetah-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (path, bytes) in files {
      let url = URL(filePath: folder + "/www" + path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
      let date = Date(timeIntervalSince1970: TimeInterval(modified))
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: url.path)
    }
    _ = try PackBuilder.pack(folder + "/www", to: folder + "/site.cheetah", options: options)
    return Array(try Data(contentsOf: URL(filePath: folder + "/site.cheetah")))
  }

  /// The pack of text files.
  static func pack(_ files: [String: String], options: BuildOptions = BuildOptions()) throws -> [UInt8] {
    try pack(files.mapValues { Array($0.utf8) }, options: options)
  }
}
