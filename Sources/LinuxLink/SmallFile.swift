import CLinux
import Glibc
import SystemPackage

/// Files of a few lines, read and written as a whole.
package enum SmallFile {
  /// The text of a file.
  package static func read(_ path: String) throws(SystemError) -> String {
    String(decoding: try FileContents.bytes(of: path), as: UTF8.self)
  }

  /// Writes a file, for its owner only. It is made beside its place and then moved there: whoever reads it finds the
  /// whole of the old text or of the new.
  package static func replace(_ path: String, with text: String) throws(SystemError) {
    let side = path + ".new"
    do {
      let file = try FileDescriptor.open(
        FilePath(side), .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: [.ownerReadWrite])
      _ = try file.closeAfter { try file.writeAll(text.utf8) }
    } catch {
      throw SystemError("write \(side)", error as? Errno ?? .ioError)
    }
    guard unsafe rename(side, path) == 0 else { throw SystemError("write \(path)", lastError) }
  }

  /// Whether this process may append to a file, or make it where it is not there.
  /// - Throws: why it may not.
  package static func checkAppending(to path: String) throws(SystemError) {
    guard unsafe access(path, W_OK) != 0 else { return }
    let code = lastError
    if code == .noSuchFileOrDirectory, unsafe access(SystemError.folder(of: path), W_OK | X_OK) == 0 { return }
    throw SystemError.appending(to: path, code == .noSuchFileOrDirectory ? lastError : code)
  }

  /// Removes a file, if it is there.
  package static func remove(_ path: String) {
    _ = unsafe unlink(path)
  }
}
