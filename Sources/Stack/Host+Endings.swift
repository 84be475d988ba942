import TCP
package import Time
import Wire

/// How flows leave the tables.
extension Host {
  /// A connection has ended: its flow is free again, or in TIME-WAIT. Its place stays until `remove`.
  mutating func end(_ index: Int, _ ending: Ending, _ now: Instant) {
    let key = connections.keys[index]
    counters.connectionsEnded += 1
    switch ending {
    case .timeWait: enterTimeWait(index, key, now)
    case .closed: break
    case .refused, .unreachable: counters.openingsFailed += 1
    case .reset: counters.connectionsReset += 1
    case .timedOut: countTimedOut(index, key)
    }
    orphans.remove(index)
    forgetOpening(of: index)
    flows.remove(key, ifAt: .connection(index))
    timers.cancel(index)
  }

  /// A peer has not answered for too long, or its connection has to make room for others: then it is told.
  private mutating func countTimedOut(_ index: Int, _ key: FlowKey) {
    guard orphans.isGivenUp(index) else {
      counters.connectionsTimedOut += 1
      return
    }
    counters.orphansReset += 1
    send(connections.blocks[index].abort(), to: key, connections.hardware[index])
  }

  /// A connection is only there for its peer from now on. If there are too many of these, the one that was closed first goes.
  mutating func orphan(_ index: Int, _ now: Instant) {
    guard let oldest = orphans.append(index) else { return }
    connections.blocks[oldest].giveUp(at: now)
    timers.wake(oldest, by: now)
  }

  /// Remembers what TIME-WAIT needs. The last acknowledgment leaves from here, since the block will be gone.
  private mutating func enterTimeWait(_ index: Int, _ key: FlowKey, _ now: Instant) {
    if let last = connections.blocks[index].nextSegment(at: now, largestText: 0, &ranges) {
      send(last, to: key, connections.hardware[index])
    }
    let (place, evicted) = timeWaits.next
    if let evicted {
      counters.timeWaitsEvicted += 1
      flows.remove(evicted.key, ifAt: .timeWait(place))
    }
    let block = connections.blocks[index].timeWait(until: now + TimeWait.duration)
    timeWaits.append(.init(key: key, block: block))
    flows.change(key, from: .connection(index), to: .timeWait(place))
  }

  /// Forgets a handshake, but not what its flow has come to.
  mutating func forgetHalfOpen(_ index: Int) {
    halfOpens.remove(index)
    timers.cancel(configuration.mostConnections + index)
  }

  /// Something that time has brought; nil when there is nothing more for now.
  package mutating func nextExpired(at now: Instant) -> HostEvent? {
    while let (index, entry) = timeWaits.nextExpired(at: now) {
      flows.remove(entry.key, ifAt: .timeWait(index))
    }
    while let number = timers.nextExpired(at: now) {
      if number >= configuration.mostConnections {
        fireHalfOpen(number - configuration.mostConnections, now)
      } else if let event = fireConnection(number, now) {
        return event
      }
    }
    return nil
  }

  private mutating func fireConnection(_ index: Int, _ now: Instant) -> HostEvent? {
    let id = connections.id(of: index)
    if let ending = connections.blocks[index].fire(&ranges, userTimeout: configuration.userTimeout, at: now) {
      end(index, ending, now)
      return .ended(id, ending)
    }
    guard !connections.blocks[index].hasEnded else { return fireOpening(index, now) }
    markReady(index)
    return applicationDeadlineReached(index, now) ? .deadline(id) : nil
  }

  /// Whether the moment has come that the application had asked for; it is forgotten then.
  mutating func applicationDeadlineReached(_ index: Int, _ now: Instant) -> Bool {
    guard connections.blocks[index].applicationDeadline <= now else { return false }
    connections.blocks[index].applicationDeadline = .never
    return true
  }

  private mutating func fireHalfOpen(_ index: Int, _ now: Instant) {
    guard var entry = halfOpens[index] else { return }
    guard entry.block.deadline > now || entry.block.fire(at: now) else {
      forgetHalfOpen(index)
      flows.remove(entry.key, ifAt: .halfOpen(index))
      return
    }
    halfOpens.update(index, entry.block)
    timers.wake(configuration.mostConnections + index, by: entry.block.deadline)
    send(entry.block.answer, to: entry.key, entry.hardware)
    counters.retransmissions += 1
  }

  /// The earliest moment at which `nextExpired` may have something to do.
  package var nextDeadline: Instant { min(timers.nextDeadline, timeWaits.nextDeadline) }
}
