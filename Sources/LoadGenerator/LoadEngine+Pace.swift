import Stack
import TCP
package import Time

/// When requests are begun.
extension LoadEngine {
  /// Begins the requests that are due, as far as there are connections for them. To be asked before frames are sent.
  package mutating func begin(at now: Instant) {
    let start = start ?? now
    self.start = start
    if now >= start + plan.duration || counters.begun >= plan.mostRequests { isStopped = true }
    isStarved = false
    guard !isStopped else { return }
    while !isStarved, counters.begun < plan.mostRequests, let due = due(at: now) {
      isStarved = !beginOne(due: due, at: now)
    }
    if case .keepAlive = plan.reuse { while lineCount < plan.connections, open(at: now) != nil {} }
  }

  /// Begins nothing any more.
  package mutating func stop() { isStopped = true }

  /// Closes the connections that wait for nothing.
  package mutating func closeIdle(at now: Instant) {
    for index in lines.indices where lines[index].phase == .open && lines[index].count == 0 {
      guard let id = lines[index].id else { continue }
      leave(id, at: now)
    }
  }

  /// When the next request is due, once it is; nil before.
  private func due(at now: Instant) -> Instant? {
    guard case .open = plan.pace else { return now }
    let due = nextDue
    return due <= now ? due : nil
  }

  /// When the next request is due. That is not a matter of time in a closed loop, nor while there is no connection for it.
  var nextDue: Instant {
    guard let start, !isStopped else { return .never }
    let end = start + plan.duration
    guard case .open(let perSecond) = plan.pace, !isStarved else { return min(end, reopening) }
    let nanoseconds = Double(counters.begun) / perSecond * 1_000_000_000
    return min(end, start + Interval(nanoseconds: UInt64(nanoseconds)))
  }

  /// Begins a request on a connection that is free, or on one of its own.
  /// - Returns: false when there is none.
  private mutating func beginOne(due: Instant, at now: Instant) -> Bool {
    switch plan.reuse {
    case .keepAlive:
      guard let id = nextAvailable() else { return false }
      note(due, on: id)
      send(Int(lines[id.index].newest.number), on: id)
      offer(id)
      return true
    case .never:
      guard lineCount < plan.connections, let id = open(at: now) else { return false }
      note(due, on: id)
      return true
    }
  }

  /// Takes down a request that is begun on a connection.
  private mutating func note(_ due: Instant, on id: ConnectionID) {
    lines[id.index].append(Line.Request(number: UInt32(order.next()), due: due))
    counters.begun += 1
    pendingCount += 1
  }

  /// Appends the text of a request to what a connection sends.
  mutating func send(_ number: Int, on id: ConnectionID) {
    let count = requests.textCount(of: number)
    let run = TextRun(source: TextSource(UInt32(number)), offset: 0, stride: UInt32(count), length: UInt64(count))
    // The queue has room for as many as a connection may carry; one that has just ended takes nothing, and says so next.
    _ = host.append(run, to: id)
  }

  /// A connection that can carry another request.
  private mutating func nextAvailable() -> ConnectionID? {
    while let index = available.popFirst() {
      lines[index].isQueued = false
      guard lines[index].phase == .open, lines[index].count < plan.reuse.depth, let id = lines[index].id else {
        continue
      }
      return id
    }
    return nil
  }

  /// Queues a connection if it can carry another request.
  mutating func offer(_ id: ConnectionID) {
    guard case .keepAlive(let depth) = plan.reuse, lines[id.index].phase == .open, !lines[id.index].isQueued,
      lines[id.index].count < depth
    else { return }
    lines[id.index].isQueued = true
    available.append(id.index)
  }

  /// When connections are opened again after one could not be; `never` where nothing is in the way.
  private var reopening: Instant { lineCount < plan.connections ? pauseEnd : .never }

  /// Opens a connection; nil when there are too many, or when one has failed just now.
  private mutating func open(at now: Instant) -> ConnectionID? {
    guard pauseEnd == .never || pauseEnd <= now else { return nil }
    pauseEnd = .never
    guard let id = host.open(to: plan.peer, port: plan.port, by: plan.way, at: now) else { return nil }
    // One that was there before may still stand in the queue; its place is the same.
    let isQueued = lines[id.index].isQueued
    lines[id.index] = Line()
    lines[id.index].id = id
    lines[id.index].phase = .opening
    lines[id.index].isQueued = isQueued
    lineCount += 1
    openCount += 1
    host.setDeadline(now + plan.patience, on: id)
    return id
  }
}
