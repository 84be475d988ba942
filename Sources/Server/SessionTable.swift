import Cache
import Stack
import Time
import Wire

/// What the server knows of all connections, side by side with the host's table of them.
struct SessionTable: ~Copyable {
  /// The sessions; what stands at the place of no connection is closed.
  private var sessions: Table<Session>
  private var names: Table<ConnectionID?>

  /// Sessions that are not closed.
  private(set) var count = 0

  /// A table of so many places.
  init(capacity: Int) {
    sessions = Table(capacity: capacity)
    names = Table(capacity: capacity)
  }

  /// Bytes that so many places take.
  static func byteCount(capacity: Int) -> Int {
    Table<Session>.byteCount(capacity: capacity) + Table<ConnectionID?>.byteCount(capacity: capacity)
  }

  /// The session of a connection.
  subscript(id: ConnectionID) -> Session {
    _read { yield sessions[id.index] }
    _modify { yield &sessions[id.index] }
  }

  /// The connection whose session has a number, as waiters of the cache have.
  func connection(_ number: Int) -> ConnectionID? { number < names.count ? names[number] : nil }

  /// What the index said was said of another pack: it is asked again.
  mutating func forgetLookups() {
    for place in sessions.indices {
      sessions[place].lookup = nil
      sessions[place].group = nil
    }
  }

  /// Whether the body of an answer, or a part of it that is still to come, is in a slot's pack.
  func isReading(_ slot: PackSlot, _ plans: PartsPlans) -> Bool {
    for place in sessions.indices where sessions[place].phase == .sending {
      if let parts = sessions[place].parts, let plan = plans[parts], PackSlot(of: plan.block) == slot { return true }
      if sessions[place].body.remaining > 0, PackSlot(of: sessions[place].body.block) == slot { return true }
    }
    return false
  }

  /// A connection has opened.
  mutating func open(_ id: ConnectionID) {
    while sessions.count <= id.index {
      sessions.append(Session())
      names.append(nil)
    }
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
