import SystemPackage
import Wire

/// Reads files from beginning to end, in pieces, so that a file may be larger than memory.
struct FileReader: ~Copyable {
  private var memory = [UInt8](repeating: 0, count: 1 << 20)

  /// Reads a file and hands its pieces to `body`.
  /// - Throws: `changed` when the file does not have the size it had when it was found.
  mutating func read(
    _ file: SiteFile, _ body: (RawSpan) throws(BuildError) -> Void
  ) throws(BuildError) {
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(FilePath(file.source), .readOnly, options: [.closeOnExec])
    } catch {
      throw .system("open", file.source, error as? Errno ?? .ioError)
    }
    defer { try? descriptor.close() }
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
}
