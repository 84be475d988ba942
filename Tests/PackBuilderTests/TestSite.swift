import Foundation
import PackBuilder

/// A directory in the place for temporary files, with room beside it for packs; gone when the test is.
final class TestSite {
  /// The directory with the site.
  let root: String
  /// The directory around it.
  let workplace: String

  /// The time that files were changed at unless a test says otherwise: the example of RFC 9110 §5.6.7.
  static let modified: Int64 = 784_111_777

  init(_ files: [String: String] = [:]) throws {
    workplace = FileManager.default.temporaryDirectory.appending(path: "cheetah-\(UUID())").path
    root = workplace + "/www"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    for (path, text) in files { try write(path, Array(text.utf8)) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: workplace)
  }

  /// Where a pack may go.
  var pack: String { workplace + "/site.cheetah" }

  /// What stands beside the site, in order.
  var neighbours: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: workplace).sorted().filter { $0 != "www" } }
  }

  /// Writes a file and the directories it is in.
  func write(_ path: String, _ bytes: [UInt8], modified: Int64 = modified) throws {
    let url = URL(filePath: root + path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    let date = Date(timeIntervalSince1970: TimeInterval(modified))
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: url.path)
  }

  /// Makes a link.
  func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: root + path, withDestinationPath: target)
  }

  /// Packs the site, and reads the pack.
  func packed(_ options: BuildOptions = BuildOptions()) throws -> PackedSite {
    _ = try PackBuilder.pack(root, to: pack, options: options)
    return try PackedSite(bytes: bytes(of: pack))
  }

  /// What a file holds.
  func bytes(of path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }
}
