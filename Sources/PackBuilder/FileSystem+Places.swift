import Glibc
import SystemPackage

/// Names that come and go.
extension FileSystem {
  /// Makes what was written to a descriptor permanent.
  static func synchronize(_ descriptor: FileDescriptor, _ path: String) throws(BuildError) {
    guard fsync(descriptor.rawValue) == 0 else { throw .system("write", path, Errno(rawValue: errno)) }
  }

  /// Gives a file its final name, and makes that permanent, too.
  static func rename(_ from: String, to target: String) throws(BuildError) {
    guard unsafe Glibc.rename(from, target) == 0 else { throw .system("write", target, Errno(rawValue: errno)) }
    let directory = unsafe open(parent(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return }
    // Some file systems cannot do this to a directory; the name then lasts as soon as they see to it.
    _ = fsync(directory)
    close(directory)
  }

  /// The directory that a path is in.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether there is a directory of this name.
  package static func isDirectory(_ path: String) -> Bool {
    (try? status(of: path, followsLinks: true).kind) == .directory
  }

  /// A name in the directory for temporary files that no other process uses.
  package static func temporaryPath(prefix: String, suffix: String) -> String {
    let directory = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    return "\(directory)/\(prefix)-\(uniqueSuffix)\(suffix)"
  }

  /// A file to be written and read that has no name any more.
  static func openNameless(_ path: String) throws(BuildError) -> FileDescriptor {
    do {
      let descriptor = try FileDescriptor.open(
        FilePath(path), .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
      remove(path)
      return descriptor
    } catch {
      throw .system("write", path, error as? Errno ?? .ioError)
    }
  }

  /// What makes a name one that no other process uses.
  static var uniqueSuffix: String { "\(getpid())-\(UInt32.random(in: 0 ... .max))" }

  /// A name for what is to take the place of a file when it is complete.
  static func partialPath(of path: String) -> String { "\(path).\(uniqueSuffix).partial" }

  /// What stands beside a file under such names: it is being written, or whoever wrote it was killed.
  static func partialPaths(of path: String) -> [String] {
    let directory = parent(of: path)
    let prefix = "\(path.split(separator: "/").last ?? "")."
    let names = (try? names(in: directory)) ?? []
    return names.compactMap { $0 }.filter { name in
      guard name.hasPrefix(prefix), name.hasSuffix(".partial") else { return false }
      let parts = name.dropFirst(prefix.count).dropLast(".partial".count).split(
        separator: "-", omittingEmptySubsequences: false)
      return parts.count == 2 && parts.allSatisfy { UInt32($0) != nil }
    }.map { "\(directory)/\($0)" }
  }

  /// Takes a file away.
  package static func remove(_ path: String) {
    unsafe unlink(path)
  }
}
