import CLinux
import Glibc
import Synchronization

/// Messages from one thread to another, which waits for them together with everything else it waits for.
package final class Mailbox<Message: Sendable>: Sendable {
  private let waiting = Mutex<[Message]>([])
  private let event: Descriptor

  /// An empty mailbox.
  package init() throws(SystemError) {
    event = Descriptor(owning: try check(clinux_eventfd(), "make a mailbox"))
  }

  /// What to wait for: readable when a message has come.
  package var descriptorNumber: Int32 { event.number }

  /// Puts a message in, from any thread.
  package func post(_ message: Message) {
    waiting.withLock { $0.append(message) }
    var one: UInt64 = 1
    _ = unsafe write(event.number, &one, 8)
  }

  /// Takes all messages, the oldest first.
  package func takeAll() -> [Message] {
    // The event first: a message that comes in between makes it readable again.
    var count: UInt64 = 0
    _ = unsafe read(event.number, &count, 8)
    return waiting.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }
}
