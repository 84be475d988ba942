import TCP
import Time
import Wire

/// A segment's way from the flow table to whatever its flow has come to.
extension Host {
  /// Hands a segment to its connection, handshake or TIME-WAIT, or to the listener.
  mutating func dispatch(
    _ segment: Segment, _ key: FlowKey, from hardware: MACAddress, text: RawSpan, at textStart: Int, _ now: Instant
  ) -> HostArrival? {
    switch reference(of: key) {
    case .connection(let index):
      let arrived = arrive(segment, at: index, text: text, textStart, isNew: false, now)
      if hardware != connections.hardware[index], arrived?.hasNews == true { connections.move(index, to: hardware) }
      return arrived
    case .halfOpen(let index):
      return arriveHalfOpen(segment, at: index, key, hardware, text: text, textStart, now)
    case .timeWait(let index):
      return arriveTimeWait(segment, at: index, key, hardware, text: text, textStart, now)
    case .opening(let place):
      return arriveOpening(segment, at: place, key, hardware, text: text, textStart, now)
    case nil:
      return listen(segment, key, hardware, beyond: nil, text: text, textStart, now)
    }
  }

  /// A segment for a connection (RFC 9293 §3.10.7.4).
  mutating func arrive(
    _ segment: Segment, at index: Int, text: RawSpan, _ textStart: Int, isNew: Bool, _ now: Instant
  ) -> HostArrival? {
    let canKeep = connections.buffers[index] != nil || hasSpareBuffer
    var arrival = connections.blocks[index].segmentArrives(segment, canKeepText: canKeep, &ranges, at: now)
    if arrival.isChallenged, !challengeLimit.take(at: now) {
      connections.blocks[index].withdrawChallenge()
      counters.answersWithheld += 1
    }
    if connections.blocks[index].isSpent { sleep(index) } else { markReady(index) }
    var reading = HostArrival.Reading.nothing
    if !arrival.text.isEmpty {
      reading = place(text.extracting(arrival.text), at: index, arrival)
      arrival.text = (arrival.text.lowerBound + textStart)..<(arrival.text.upperBound + textStart)
    }
    if let ending = arrival.ending { end(index, ending, now) }
    return HostArrival(connection: connections.id(of: index), arrival: arrival, isNew: isNew, reading: reading)
  }

  /// Finds a place for new text: it stays in the frame unless there is older text, or a gap, before it.
  @inline(__always)
  private mutating func place(_ text: RawSpan, at index: Int, _ arrival: Arrival) -> HostArrival.Reading {
    if connections.buffers[index] == nil {
      if arrival.hasText, connections.blocks[index].unread == text.byteCount { return .frame }
      connections.buffers[index] = buffers.allocate(for: index)
    }
    guard let buffer = connections.buffers[index] else {
      counters.textDropped += 1
      return .frame
    }
    buffers.store(text, in: buffer, at: arrival.textOffset)
    return arrival.hasText ? .buffer : .nothing
  }

  /// A segment for a handshake.
  private mutating func arriveHalfOpen(
    _ segment: Segment, at index: Int, _ key: FlowKey, _ hardware: MACAddress, text: RawSpan, _ textStart: Int,
    _ now: Instant
  ) -> HostArrival? {
    guard let outcome = halfOpens[index]?.block.segmentArrives(segment, at: now) else { return nil }
    switch outcome {
    case .ignored: return nil
    case .answered(let answer): self.answer(answer, to: key, hardware, now)
    case .forgotten:
      forgetHalfOpen(index)
      flows.remove(key, ifAt: .halfOpen(index))
    case .opened(let window):
      guard hasShareLeft(key), let entry = halfOpens[index] else { return nil }
      var connection = entry.block.connection(window: window, at: now)
      configuration.apply(to: &connection)
      // Without a free place the acknowledgment is as good as lost: the peer's text or our SYN-ACK will bring it again.
      guard let place = connections.insert(connection, key: key, hardware: entry.hardware) else {
        counters.synsDropped += 1
        return nil
      }
      flows.change(key, from: .halfOpen(index), to: .connection(place))
      forgetHalfOpen(index)
      counters.connectionsOpened += 1
      return arrive(segment, at: place, text: text, textStart, isNew: true, now)
    }
    return nil
  }

  /// A segment for a connection in TIME-WAIT.
  private mutating func arriveTimeWait(
    _ segment: Segment, at index: Int, _ key: FlowKey, _ hardware: MACAddress, text: RawSpan, _ textStart: Int,
    _ now: Instant
  ) -> HostArrival? {
    guard var block = timeWaits[index]?.block else { return nil }
    switch block.segmentArrives(segment, at: now) {
    case .ignored: break
    case .answered(let answer):
      timeWaits.update(index, block)
      self.answer(answer, to: key, hardware, now)
    case .reopened(let beyond):
      timeWaits.remove(index)
      flows.remove(key, ifAt: .timeWait(index))
      return listen(segment, key, hardware, beyond: beyond, text: text, textStart, now)
    }
    return nil
  }
}
