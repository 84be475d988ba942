import TCP
import Wire

/// Text that cannot be read at once: where it is kept, and what becomes of it where there is no place.
extension Host {
  /// Whether there is a buffer for text that must be kept now.
  package var hasFreeBuffer: Bool { buffers.available > 0 }

  /// Whether there is a buffer for text that the peer can send once more without harm.
  package var hasSpareBuffer: Bool { buffers.available > configuration.reservedReceiveBuffers }

  /// Keeps text that lies in a frame and is not consumed now.
  /// - Returns: false when there is no buffer for it: it is lost, and the connection cannot go on.
  package mutating func keep(_ text: RawSpan, of id: ConnectionID) -> Bool {
    let index = checked(id)
    precondition(connections.buffers[index] == nil, "buffered text is kept already")
    guard let buffer = buffers.allocate(for: index) else {
      counters.textDropped += 1
      return false
    }
    connections.buffers[index] = buffer
    buffers.store(text, in: buffer, at: 0)
    return true
  }

  /// Takes back that a connection's unread text has arrived, which lies in a frame: it is not acknowledged, and the peer
  /// sends it again.
  /// - Returns: false when it cannot be taken back, because the peer's FIN behind it was heeded.
  package mutating func decline(_ id: ConnectionID) -> Bool {
    let index = checked(id)
    precondition(connections.buffers[index] == nil, "buffered text was acknowledged")
    counters.textDropped += 1
    return connections.blocks[index].declineText()
  }

  /// The connection whose text is kept for the longest time; nil when none is.
  package var oldestKept: ConnectionID? { buffers.oldestOwner.map { connections.id(of: $0) } }

  /// Counts the text of a connection as if it was kept only from now on.
  package mutating func renewKept(_ id: ConnectionID) {
    guard let buffer = connections.buffers[checked(id)] else { return }
    buffers.renew(buffer)
  }

  /// Throws away what is kept of a connection's text, what has arrived behind a gap included.
  package mutating func discardText(of id: ConnectionID) {
    let index = checked(id)
    guard connections.buffers[index] != nil else { return }
    connections.blocks[index].discardText()
    releaseBuffer(of: index)
    markReady(index)
  }

  mutating func releaseBuffer(of index: Int) {
    guard let buffer = connections.buffers[index] else { return }
    buffers.release(buffer)
    connections.buffers[index] = nil
  }
}
