import SystemPackage
import Wire

/// Reads files from beginning to end, in pieces, so that a file may be larger than memory.
struct FileReader: ~Copyable {
  /// Bytes of a piece: all pieces of a file but the last have as many.
  static let pieceCount = 1 << 20

  private var memory: [UInt8] = []

  /// Reads a file and hands its pieces to `body`.
  /// - Throws: `changed` when the file does not have the size it had when it was found.
  mutating func read(
    _ file: SiteFile, _ body: (RawSpan) throws(BuildError) -> Void
  ) throws(BuildError) {
    if let content = file.content {
      try body(content.bytes)
      return
    }
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(FilePath(file.source), .readOnly, options: [.closeOnExec])
    } catch {
      throw .system("open", file.source, error as? Errno ?? .ioError)
    }
    defer { try? descriptor.close() }
    // One byte more than there should be, so that a file that has grown is found to have.
    let wanted = min(FileReader.pieceCount, Int(clamping: file.size) + 1)
    if memory.count < wanted { memory = [UInt8](repeating: 0, count: wanted) }
    var total: UInt64 = 0
    while true {
      let count: Int
      do throws(Errno) {
        count = try FileSystem.read(descriptor, into: &memory)
      } catch {
        throw .system("read", file.source, error)
      }
      if count == 0 { break }
      total += UInt64(count)
      guard total <= file.size else { throw .changed(file.source) }
      try body(memory.bytes.extracting(first: count))
    }
    guard total == file.size else { throw .changed(file.source) }
  }

  /// Reads a file into memory.
  /// - Throws: `changed` when the file does not have the size it had when it was found.
  mutating func content(of file: SiteFile) throws(BuildError) -> [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(Int(file.size))
    try read(file) { bytes throws(BuildError) in content.append(bytes) }
    return content
  }
}
