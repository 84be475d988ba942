import SystemPackage

/// A file without a name, for what is made before its place in the pack is known. It is gone with the process, however
/// that ends.
final class Spool {
  private let descriptor: FileDescriptor?
  private let path: String
  private var end: Int64 = 0

  /// A spool on the file system of a pack; one that only counts when there is no pack to be written.
  init(beside target: PackTarget?) throws(BuildError) {
    path = target?.spoolPath ?? ""
    descriptor = target == nil ? nil : try FileSystem.openNameless(path)
  }

  deinit {
    try? descriptor?.close()
  }

  /// Appends bytes.
  /// - Returns: where they begin.
  func append(_ bytes: [UInt8]) throws(BuildError) -> Int64 {
    let start = end
    end += Int64(bytes.count)
    guard let descriptor, !bytes.isEmpty else { return start }
    do {
      try FileSystem.write(bytes.bytes, to: descriptor, at: start)
    } catch {
      throw .system("write", path, error)
    }
    return start
  }

  /// Reads bytes that were appended.
  func read(_ count: Int, at offset: Int64) throws(BuildError) -> [UInt8] {
    guard let descriptor else { return [] }
    var bytes = [UInt8](repeating: 0, count: count)
    do throws(Errno) {
      guard try FileSystem.read(descriptor, into: &bytes, at: offset) == count else { throw .ioError }
    } catch {
      throw .system("read", path, error)
    }
    return bytes
  }
}
