import Cache
import Pack
import Server
import SystemPackage
import Time

/// A pack in memory.
struct Site {
  /// All blocks of the pack.
  let bytes: [UInt8]
  /// What the pack says of itself.
  let superblock: Superblock

  /// Reads a pack.
  init(path: String) throws {
    let contents = try Site.contents(of: path)
    bytes = contents
    superblock = try Superblock(parsing: unsafe contents.span.bytes.extracting(first: BlockGeometry.byteCount))
  }

  private static func contents(of path: String) throws -> [UInt8] {
    let file = try FileDescriptor.open(FilePath(path), .readOnly)
    return try file.closeAfter {
      let count = Int(try file.seek(offset: 0, from: .end))
      try file.seek(offset: 0, from: .start)
      return try unsafe [UInt8](unsafeUninitializedCapacity: count) { memory, filled in
        filled = try unsafe file.read(into: UnsafeMutableRawBufferPointer(memory))
      }
    }
  }

  /// Reads for an engine whatever it asks for.
  func serve(_ engine: inout Engine, at now: Instant) {
    while let read = engine.nextRead() {
      let start = Int(read.block.value) * BlockGeometry.byteCount
      let frame = unsafe UnsafeMutableRawBufferPointer(
        rebasing: engine.cache.arena.memory[(read.frame.number * BlockGeometry.byteCount)...])
      unsafe frame.copyBytes(from: bytes[start..<(start + BlockGeometry.byteCount)])
      _ = engine.complete(read, isRead: true, at: now)
    }
  }
}
