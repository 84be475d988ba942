import CLinux
import Glibc
import SystemPackage

/// A name that one process of a network namespace has at a time, until it ends: an abstract socket (unix(7)) that nobody
/// connects to.
package struct Reservation: ~Copyable {
  private let descriptor: Descriptor

  /// Takes the name.
  /// - Parameter name: at most 100 bytes.
  /// - Throws: `EADDRINUSE` where another has it.
  package init(of name: String) throws(SystemError) {
    let socket = try LocalConnection.socket()
    try check(unsafe clinux_local_reserve(socket.number, name), "reserve \(name)")
    descriptor = socket
  }
}
