import Foundation

/// A file of a test's own, removed with the value.
final class TestFile {
  let path: String

  /// A name that no other test has, and the bytes of a new file there; nil makes no file.
  init(_ bytes: [UInt8]?) throws {
    let name = "cheetah-\(UUID().uuidString)"
    path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
