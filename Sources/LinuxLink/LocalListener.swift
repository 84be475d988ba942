import CLinux
import Glibc
import SystemPackage

/// A place in the file system where processes of this machine connect (unix(7), `SOCK_SEQPACKET`): what is sent arrives
/// whole, message by message, and the kernel vouches for who sent it.
package struct LocalListener: ~Copyable {
  private let descriptor: Descriptor
  private let path: String

  /// Listens at a path. A socket that is left over there, with nobody behind it, makes room.
  /// - Parameter mode: who may connect: whoever may write the file.
  package init(path: String, mode: UInt16) throws(SystemError) {
    let descriptor = try LocalConnection.socket()
    var result = unsafe clinux_local_bind(descriptor.number, path)
    if result == -EADDRINUSE {
      guard LocalListener.isLeftOver(path) else {
        throw SystemError("listen at \(path)", .addressInUse, advice: "  somebody listens there, or it is no socket")
      }
      _ = unsafe unlink(path)
      result = unsafe clinux_local_bind(descriptor.number, path)
    }
    try check(result, "listen at \(path)")
    guard unsafe chmod(path, mode_t(mode)) == 0, listen(descriptor.number, 128) == 0 else {
      throw SystemError("listen at \(path)", lastError)
    }
    self.descriptor = descriptor
    self.path = path
  }

  /// Whether there is a socket at the path with nobody behind it.
  private static func isLeftOver(_ path: String) -> Bool {
    do throws(SystemError) {
      _ = try LocalConnection(path: path)
      return false
    } catch {
      var status = stat()
      return unsafe error.code == .connectionRefused && lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
  }

  deinit {
    _ = unsafe unlink(path)
  }

  /// What to wait for: readable when somebody connects.
  package var descriptorNumber: Int32 { descriptor.number }

  /// The next connection; nil when nobody waits.
  package func accept() -> LocalConnection? {
    let number = clinux_local_accept(descriptor.number)
    return number >= 0 ? LocalConnection(owning: Descriptor(owning: number)) : nil
  }
}
