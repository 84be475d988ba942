package import TCP
package import Time
package import Wire

/// Connections and segments for tests that look at one block alone.
extension Connection {
  /// A connection whose handshake has just been completed without delay.
  package static func established(
    iss: UInt32 = 1_000, irs: UInt32 = 5_000, mss: UInt16 = 1_460, window: UInt16 = 65_535, scale: UInt8? = nil,
    isSelective: Bool = false, clock: UInt32? = nil, at now: Instant = .epoch
  ) -> Connection {
    let options = HandshakeOptions(
      maximumSegmentSize: mss, windowScale: scale, selectiveAcknowledgments: isSelective,
      timestamps: clock.map { Timestamps(value: $0, echo: 0) })
    let syn = Segment(
      header: TCPHeader(
        sourcePort: Station.peerPort, destinationPort: Station.port, sequence: SequenceNumber(irs), control: .syn,
        window: window, options: .handshake(options)), textCount: 0)
    var offer = HandshakeOffer(mss: 1_460)
    offer.hasTimestamps = clock != nil
    let half = HalfOpen(answering: syn, iss: SequenceNumber(iss), offer: offer, at: now)
    let bytes = UInt32(window) << UInt32(scale ?? 0)
    return Connection(half.agreement, window: bytes, at: now)
  }

  /// Everything that is to be sent now.
  package mutating func segments(at now: Instant = .epoch, largestText: Int = 0) -> [OutgoingSegment] {
    var none = SentRanges(capacity: 0)
    return segments(&none, at: now, largestText: largestText)
  }

  /// Everything that is to be sent now, remembered in a pool.
  package mutating func segments(
    _ ranges: inout SentRanges, at now: Instant = .epoch, largestText: Int = 0
  ) -> [OutgoingSegment] {
    var segments = [OutgoingSegment]()
    while segments.count < 1_000, let segment = nextSegment(at: now, largestText: largestText, &ranges) {
      segments.append(segment)
    }
    return segments
  }

  /// Takes in a segment without a pool: a connection can do without.
  package mutating func segmentArrives(_ segment: Segment, at now: Instant) -> Arrival {
    var none = SentRanges(capacity: 0)
    return segmentArrives(segment, &none, at: now)
  }

  /// Handles what is due without a pool.
  package mutating func fire(at now: Instant) -> Ending? {
    var none = SentRanges(capacity: 0)
    return fire(&none, at: now)
  }
}

extension Segment {
  /// A segment of the peer, with numbers relative to initial ones of 5,000 (the peer's) and 1,000 (ours).
  package init(
    _ control: TCPControl = .none, sequence: Int = 1, count: Int = 0, acknowledgment: Int? = 1, window: UInt16 = 65_535,
    options: TCPOptions = .none
  ) {
    self.init(
      header: TCPHeader(
        sourcePort: Station.peerPort, destinationPort: Station.port,
        sequence: SequenceNumber(UInt32(truncatingIfNeeded: 5_000 + sequence)),
        acknowledgment: acknowledgment.map { SequenceNumber(UInt32(truncatingIfNeeded: 1_000 + $0)) },
        control: control, window: window, options: options), textCount: count)
  }
}
