import TCP
import Time
import Wire

/// A segment's way to a connection that is being opened by us.
extension Host {
  /// A segment for a connection that is being opened.
  mutating func arriveOpening(
    _ segment: Segment, at place: Int, _ key: FlowKey, _ hardware: MACAddress, text: RawSpan, _ textStart: Int,
    _ now: Instant
  ) -> HostArrival? {
    guard var entry = openings[place] else { return nil }
    let index = entry.connection
    switch entry.block.segmentArrives(segment, at: now) {
    case .unchanged:
      openings[place] = entry
      markReady(index)
    case .answered(let answer):
      openings[place] = entry
      self.answer(answer, to: key, hardware, now)
    case .refused:
      var arrival = Arrival()
      arrival.ending = .refused
      end(index, .refused, now)
      return HostArrival(connection: connections.id(of: index), arrival: arrival, isNew: false, reading: .nothing)
    case .opened(let connection):
      fill(index, connection, hardware)
      return arrive(segment, at: index, text: text, textStart, isNew: true, now)
    case .openedBySYN(let connection):
      fill(index, connection, hardware)
      return HostArrival(connection: connections.id(of: index), arrival: Arrival(), isNew: true, reading: .nothing)
    }
    return nil
  }

  /// The connection is there.
  private mutating func fill(_ index: Int, _ connection: Connection, _ hardware: MACAddress) {
    let key = connections.keys[index]
    forgetOpening(of: index)
    var connection = connection
    configuration.apply(to: &connection)
    connections.fill(index, connection, hardware: hardware)
    flows.insert(key, at: .connection(index))
    timers.wake(index, by: connections.blocks[index].nextDeadline)
    markReady(index)
  }
}
