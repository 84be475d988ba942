import CLinux
import Glibc

/// An open file descriptor, closed when its owner goes.
package struct Descriptor: ~Copyable, Sendable {
  /// The number by which the kernel knows it.
  package let number: Int32

  /// Takes over an open descriptor.
  package init(owning number: Int32) {
    self.number = number
  }

  /// Opens a datagram socket, through which the kernel is asked about interfaces.
  static func controlSocket(_ family: Int32 = AF_INET) throws(SystemError) -> Descriptor {
    let number = socket(family, Int32(SOCK_DGRAM.rawValue), 0)
    guard number >= 0 else { throw SystemError("open a socket", lastError) }
    return Descriptor(owning: number)
  }

  deinit {
    _ = close(number)
  }
}
