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
    try send(text, passing: [])
  }

  /// Sends a message and the sockets of a packet device with it.
  package func send(_ text: String, with socket: borrowing PacketSocket) throws(SystemError) {
    switch socket.short {
    case .some(let short): try send(text, passing: [socket.descriptor.number, short.descriptor.number])
    case .none: try send(text, passing: [socket.descriptor.number])
    }
  }

  /// Sends a message and the open descriptors of these numbers with it, at most two, which the receiver gets as its own
  /// (`SCM_RIGHTS`).
  func send(_ text: String, passing numbers: [Int32]) throws(SystemError) {
    let bytes = Array(text.utf8)
    let count = unsafe clinux_local_send(
      descriptor.number, bytes, UInt(bytes.count), numbers, UInt32(numbers.count))
    try check(count, "send a message")
  }

  /// What was received.
  package struct Message: ~Copyable {
    /// The text; empty when the other side has gone.
    package let text: String
    /// The descriptors that came with it.
    var descriptors = PassedDescriptors()

    /// Hands the descriptors over.
    package consuming func takeDescriptors() -> PassedDescriptors { descriptors }
  }

  /// Descriptors that came with a message: none, one or two.
  package struct PassedDescriptors: ~Copyable {
    /// The first, if there is one.
    package var first: Descriptor?
    /// The second, if there is one.
    package var second: Descriptor?
  }

  /// The next message, of which no more than `size` bytes are read; nil when none has come.
  package func receive(upTo size: Int) throws(SystemError) -> Message? {
    var bytes = [UInt8](repeating: 0, count: size)
    var passed = [Int32](repeating: -1, count: Int(CLINUX_MOST_PASSED))
    let count = unsafe clinux_local_receive(descriptor.number, &bytes, UInt(size), &passed)
    let descriptors = PassedDescriptors(
      first: passed[0] >= 0 ? Descriptor(owning: passed[0]) : nil,
      second: passed[1] >= 0 ? Descriptor(owning: passed[1]) : nil)
    if count == -EAGAIN || count == -EINTR { return nil }
    // A peer that was ended while a message waited for it resets the connection: gone is gone.
    if count == -ECONNRESET { return Message(text: "") }
    try check(count, "receive a message")
    return Message(text: String(decoding: bytes.prefix(Int(count)), as: UTF8.self), descriptors: descriptors)
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
