import Stack

/// What the server knows of all connections, side by side with the host's table of them.
struct SessionTable {
  /// The sessions; what stands at the place of no connection is closed.
  private var sessions: [Session]
  private var names: [ConnectionID?]

  /// Sessions that are not closed.
  private(set) var count = 0

  /// A table of so many places.
  init(capacity: Int) {
    sessions = Array(repeating: Session(), count: capacity)
    names = Array(repeating: nil, count: capacity)
  }

  /// The session of a connection.
  subscript(id: ConnectionID) -> Session {
    get { sessions[id.index] }
    _modify { yield &sessions[id.index] }
  }

  /// The connection whose session has a number, as waiters of the cache have.
  func connection(_ number: Int) -> ConnectionID? { names[number] }

  /// A connection has opened.
  mutating func open(_ id: ConnectionID) {
    sessions[id.index] = Session()
    sessions[id.index].phase = .reading
    names[id.index] = id
    count += 1
  }

  /// A connection is gone.
  mutating func close(_ id: ConnectionID) {
    sessions[id.index].phase = .closed
    names[id.index] = nil
    count -= 1
  }
}
