import Cache
import Pack
import Stack

/// The most memory that an engine takes beside its host and the blocks of its cache. Like those, it is asked for at the start.
extension EngineConfiguration {
  /// Makes room for as many heads as so many connections may need.
  package mutating func resize(to connections: Int) {
    mostHeads = max(1_024, min(connections * 2, 65_536))
  }

  /// Bytes of sessions, heads, notes and copies for so many connections.
  package func byteCount(connections: Int) -> Int {
    SessionTable.byteCount(capacity: connections) + WaitingLine.byteCount(capacity: connections)
      + BlockCache.byteCount(waiters: connections) + HeadPool.byteCount(capacity: mostHeads) + AnswerMemory.byteCount
      + AnswerNotes.byteCount(capacity: accessLogCapacity > 0 ? mostHeads : 0) + accessLogCapacity
      + CopyPool.byteCount(count: mostCopies, size: BlockGeometry.payloadCount)
  }
}
