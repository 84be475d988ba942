@testable import LinuxLink

/// Two ends of a local socket, in the place of whatever frames are written to: one frame there is one message here.
struct SocketPair: ~Copyable {
  private let receiver: LocalConnection
  /// The end that is sent to.
  let sender: LocalConnection

  init(at path: String) throws {
    let listener = try LocalListener(path: path, mode: 0o600)
    let connection = try LocalConnection(path: path)
    receiver = try needed(listener.accept())
    sender = connection
  }

  /// Whether the next message has come and is empty.
  func hasEmptyMessage() throws -> Bool {
    guard let message = try receiver.receive(upTo: 70_000) else { return false }
    return message.text.isEmpty
  }

  /// The next message; empty when none has come.
  func nextMessage() throws -> [UInt8] {
    guard let message = try receiver.receive(upTo: 70_000) else { return [] }
    return Array(message.text.utf8)
  }
}
