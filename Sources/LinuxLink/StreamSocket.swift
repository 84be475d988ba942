import CLinux
import Glibc

/// A connection of the kernel's TCP, which never blocks. Whoever holds it closes it, once.
package struct StreamSocket: Sendable {
  /// The number by which the kernel knows it.
  package let number: Int32

  /// What became of a transfer.
  package enum Outcome: Equatable, Sendable {
    /// So many bytes were transferred, at least one.
    case bytes(Int)
    /// Not now: wait until the socket is ready.
    case notNow
    /// The peer has closed its side, or the connection is broken.
    case ended
  }

  /// Closes the connection.
  package func close() {
    _ = Glibc.close(number)
  }

  /// Reads what has arrived to the front of `bytes`.
  package func read(into bytes: inout MutableRawSpan) -> Outcome {
    return StreamSocket.outcome(
      of: unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, $0.count) })
  }

  /// Writes up to four pieces at once; empty ones stand last.
  package func write(_ first: RawSpan, _ second: RawSpan, _ third: RawSpan, _ fourth: RawSpan) -> Outcome {
    var vector = unsafe (iovec(), iovec(), iovec(), iovec())
    unsafe vector.0 = StreamSocket.entry(first)
    unsafe vector.1 = StreamSocket.entry(second)
    unsafe vector.2 = StreamSocket.entry(third)
    unsafe vector.3 = StreamSocket.entry(fourth)
    let count = unsafe withUnsafeMutablePointer(to: &vector) { vector in
      unsafe vector.withMemoryRebound(to: iovec.self, capacity: 4) { entries in
        var message = unsafe msghdr()
        unsafe message.msg_iov = entries
        unsafe message.msg_iovlen = fourth.isEmpty ? third.isEmpty ? second.isEmpty ? 1 : 2 : 3 : 4
        return unsafe sendmsg(number, &message, Int32(MSG_NOSIGNAL))
      }
    }
    return StreamSocket.outcome(of: count)
  }

  /// The memory of a piece. It stays where it is: the caller's span holds it.
  private static func entry(_ piece: RawSpan) -> iovec {
    unsafe piece.withUnsafeBytes { bytes in
      unsafe iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
    }
  }

  private static func outcome(of count: Int) -> Outcome {
    guard count <= 0 else { return .bytes(count) }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? .notNow : .ended
  }
}
