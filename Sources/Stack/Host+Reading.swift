import TCP
package import Wire

/// How an application reads text.
extension Host {
  /// Bytes of text in order that a connection has not consumed.
  package func unreadCount(of id: ConnectionID) -> Int { connections.blocks[checked(id)].unread }

  /// Whether a connection's unread text lies in a receive buffer.
  package func hasBufferedText(_ id: ConnectionID) -> Bool { connections.buffers[checked(id)] != nil }

  /// The unread text in a connection's receive buffer; empty when it has none.
  @_lifetime(borrow self)
  package borrowing func bufferedText(of id: ConnectionID) -> RawSpan {
    let index = checked(id)
    guard let buffer = connections.buffers[index] else { return RawSpan() }
    return buffers.bytes(of: buffer, count: connections.blocks[index].unread)
  }

  /// Copies the unread text in a connection's receive buffer to the front of `memory`, which holds a whole receive window:
  /// so it can be read while the host is changed.
  /// - Returns: bytes copied; 0 when there is no buffer.
  package borrowing func copyBufferedText(of id: ConnectionID, to memory: inout ByteArena) -> Int {
    let text = bufferedText(of: id)
    var target = memory.mutableBytes(at: 0, count: text.byteCount)
    target.copy(text, to: 0)
    return text.byteCount
  }

  /// Takes the first `count` bytes of a connection's unread text as consumed.
  package mutating func consume(_ count: Int, of id: ConnectionID) {
    let index = checked(id)
    guard let buffer = connections.buffers[index] else {
      connections.blocks[index].consume(count)
      return
    }
    let held = connections.blocks[index].held
    connections.blocks[index].consume(count)
    if connections.blocks[index].unread == 0, connections.blocks[index].rcv.ahead.isEmpty {
      releaseBuffer(of: index)
    } else {
      buffers.dropFirst(count, of: buffer, held: held)
    }
    markReady(index)
  }
}
