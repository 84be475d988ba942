extension ContentHash {
  /// The hash of a file's content.
  package static func digest(ofFile path: String) throws(BuildError) -> Digest {
    let status = try FileSystem.status(of: path, followsLinks: true)
    var reader = FileReader()
    var hash = ContentHash()
    try reader.read(SiteFile(root: path, path: "", size: status.size)) { bytes in hash.update(bytes) }
    return hash.finish()
  }

  /// The hash of bytes.
  static func digest(of bytes: [UInt8]) -> Digest {
    var hash = ContentHash()
    hash.update(bytes)
    return hash.finish()
  }

  /// Adds the bytes of an array.
  package mutating func update(_ bytes: [UInt8]) { update(bytes.bytes) }

  /// Adds bytes and their number, so that no two lists of parts hash alike.
  mutating func add(_ bytes: [UInt8]) {
    let count = Array("\(bytes.count):".utf8)
    update(count.bytes)
    update(bytes.bytes)
  }
}
