import Glibc
import SystemPackage

/// Files that fit into memory, as a whole.
package enum FileContents {
  /// All bytes of the file at `path`.
  package static func bytes(of path: String) throws(SystemError) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
      return try file.closeAfter {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
          let count = try unsafe piece.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
          guard count > 0 else { return bytes }
          bytes += piece[..<count]
        }
      }
    } catch {
      throw SystemError("read \(path)", error as? Errno ?? .ioError)
    }
  }
}
