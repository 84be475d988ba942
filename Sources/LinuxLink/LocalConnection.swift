import CLinux
import Glibc
import SystemPackage

/// A connection between two processes of this machine, which carries messages and open descriptors (unix(7)).
package struct LocalConnection: ~Copyable {
  let descriptor: Descriptor

  init(owning descriptor: consuming Descriptor) {
    self.descriptor = descriptor
  }

  /// Connects to whoever listens at a path.
  package init(path: String) throws(SystemError) {
    let descriptor = try LocalConnection.socket(isBlocking: true)
    try check(unsafe clinux_local_connect(descriptor.number, path), "connect to \(path)")
    self.descriptor = descriptor
  }

  /// A socket for messages.
  static func socket(isBlocking: Bool = false) throws(SystemError) -> Descriptor {
    var kind = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
    if !isBlocking { kind |= Int32(SOCK_NONBLOCK.rawValue) }
    let number = Glibc.socket(AF_UNIX, kind, 0)
    guard number >= 0 else { throw SystemError("open a local socket", lastError) }
    return Descriptor(owning: number)
  }

  /// What to wait for: readable when a message has come, or the other side has gone.
  package var descriptorNumber: Int32 { descriptor.number }

  /// Sends a message.
  package func send(_ text: String) throws(SystemError) {
    try send(text, passing: -1)
  }

  /// Sends a message and an open descriptor with it, which the receiver gets as one of its own (`SCM_RIGHTS`).
  package func send(_ text: String, with passed: borrowing Descriptor) throws(SystemError) {
    try send(text, passing: passed.number)
  }

  private func send(_ text: String, passing number: Int32) throws(SystemError) {
    var bytes = Array(text.utf8)
    try check(unsafe clinux_local_send(descriptor.number, &bytes, UInt(bytes.count), number), "send a message")
  }

  /// What was received.
  package struct Message: ~Copyable {
    /// The text; empty when the other side has gone.
    package let text: String
    /// The descriptor that came with it.
    package let descriptor: Descriptor?

    /// Hands the descriptor over.
    package consuming func takeDescriptor() -> Descriptor? { descriptor }
  }

  /// The next message, of which no more than `size` bytes are read; nil when none has come.
  package func receive(upTo size: Int) throws(SystemError) -> Message? {
    var bytes = [UInt8](repeating: 0, count: size)
    var passed: Int32 = -1
    let count = unsafe clinux_local_receive(descriptor.number, &bytes, UInt(size), &passed)
    let descriptor = passed >= 0 ? Descriptor(owning: passed) : nil
    if count == -EAGAIN || count == -EINTR { return nil }
    // A peer that was ended while a message waited for it resets the connection: gone is gone.
    if count == -ECONNRESET { return Message(text: "", descriptor: nil) }
    try check(count, "receive a message")
    return Message(text: String(decoding: bytes.prefix(Int(count)), as: UTF8.self), descriptor: descriptor)
  }

  /// Who is at the other end.
  package func peer() throws(SystemError) -> PeerIdentity {
    var process: Int32 = 0
    var user: UInt32 = 0
    var groups = [UInt32](repeating: 0, count: 257)
    try check(unsafe clinux_local_peer(descriptor.number, &process, &user, &groups[256]), "see who is connected")
    let count = try check(unsafe clinux_local_peer_groups(descriptor.number, &groups, 256), "see who is connected")
    return PeerIdentity(process: process, user: user, groups: Array(groups[..<Int(count)]) + [groups[256]])
  }
}
