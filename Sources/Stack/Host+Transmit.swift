import TCP
package import Time
package import Wire

/// A frame's way out.
extension Host {
  /// The next frame to send, or nil when there is none; to be asked until it says nil.
  package mutating func nextFrame(at now: Instant) -> FramePlan? { makeFrame(at: now) ? outgoing : nil }

  /// Makes the next frame to send; false when there is none. To be asked until it says false.
  ///
  /// The frame is in the host until the next call, as `outgoing`, with its headers as `headerBytes`. A frame that a device
  /// did not take can be offered again as long as nothing else is asked of the host.
  package mutating func makeFrame(at now: Instant) -> Bool {
    if isControlSent {
      control.pop()
      isControlSent = false
    }
    if !control.isEmpty {
      planControl()
      return true
    }
    while let index = ready.first(of: 0) {
      ready.remove(index)
      if let segment = connections.blocks[index].nextSegment(
        at: now, largestText: configuration.largestText(towards: connections.keys[index].peer), &ranges)
      {
        // Behind all others: connections take turns, a frame each.
        if connections.blocks[index].isSpent { sleep(index) } else { ready.append(index, to: 0) }
        if segment.textCount > 0, let roundTrip = connections.blocks[index].timeout.smoothed {
          dueAnswers.expect(after: roundTrip, from: now)
        }
        plan(segment, of: index)
        return true
      }
      if connections.blocks[index].state == .closed, sendOpening(index, now) {
        planControl()
        return true
      }
      sleep(index)
    }
    return false
  }

  /// Takes the oldest frame that was written at once as the one to send.
  private mutating func planControl() {
    isControlSent = true
    outgoing = FramePlan(kind: .control, headerCount: control.oldest().byteCount)
  }

  /// The headers of the frame that `nextFrame` has made.
  @inline(__always)
  package var headerBytes: RawSpan {
    @_lifetime(borrow self)
    get {
      isControlSent ? control.oldest() : header.bytes(at: 0, count: headerCount)
    }
  }

  /// Completes the checksum of a frame with the sum of its text.
  @inline(__always)
  package mutating func finish(_ textSum: InternetChecksum) {
    let offset = outgoing.segmentStart + TCPHeader.checksumOffset
    var bytes = header.mutableBytes(at: 0, count: Host.headerCapacity)
    let sum = InternetChecksum(folded: ~bytes.bytes.uint16(at: offset)) + textSum
    bytes.store(sum.field, at: offset)
  }

  /// Writes the headers of a segment.
  @inline(__always)
  private mutating func plan(_ segment: OutgoingSegment, of index: Int) {
    let key = connections.keys[index]
    count(segment)
    let tcp = TCPHeader(segment, key)
    let route = route(of: key, connections.hardware[index])
    let start = route.headerByteCount
    let tcpCount = tcp.byteCount
    let length = tcpCount + segment.textCount
    let isLeftToDevice = configuration.deviceFinishesChecksums
    headerCount = start + tcpCount
    outgoing.begin(
      segment, headerCount: headerCount, at: start, needsTextSum: segment.textCount > 0 && !isLeftToDevice)
    outgoing.append(textOf: segment, from: &connections.blocks[index])
    let pseudo = InternetChecksum(tcpFrom: route.source, to: route.destination, length: length)
    var bytes = header.mutableBytes(at: 0, count: Host.headerCapacity)
    route.writeHeaders(to: &bytes, for: .tcp, length: length, marked: segment.mark)
    let tcpSum = tcp.write(to: &bytes, at: start)
    if isLeftToDevice {
      bytes.store(pseudo.folded, at: start + TCPHeader.checksumOffset)
    } else {
      var sum = pseudo + tcpSum
      if tcpCount > TCPHeader.byteCount {
        let options = (start + TCPHeader.byteCount)..<(start + tcpCount)
        sum += InternetChecksum(summing: bytes.bytes.extracting(options))
      }
      bytes.store(sum.field, at: start + TCPHeader.checksumOffset)
    }
  }

  private mutating func count(_ segment: OutgoingSegment) {
    counters.segmentsOut += 1
    if segment.isRetransmission { counters.retransmissions += 1 }
    if segment.textCount == 0, segment.control == .none { counters.pureAcknowledgments += 1 }
  }
}
