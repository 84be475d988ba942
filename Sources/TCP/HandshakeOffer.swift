import Time
package import Wire

/// What this end brings into a handshake, whichever end begins it.
package struct HandshakeOffer: Sendable {
  /// The most text that fits a segment on our link, in bytes: offered to the peer, and never exceeded towards it.
  package var mss: UInt16
  /// The most text of a segment that a peer takes who says nothing of it, in bytes: 536, or 1,220 over IPv6
  /// (RFC 9293 §3.7.1).
  package var usualPeerMSS: UInt16 = 536
  /// The most text that may wait here to be read or put in order, in bytes, below 2³⁰ (RFC 7323 §2.3).
  package var receiveCapacity: UInt32
  /// How the window of the connection grows.
  package var congestion = CongestionAlgorithm.cubic
  /// Whether to speak of clocks (RFC 7323 §3), if the peer does.
  package var hasTimestamps = false

  /// Whether to speak of congestion (RFC 3168), if the peer does.
  package var hasECN = false

  /// An offer.
  package init(mss: UInt16, receiveCapacity: UInt32 = ReceiveSpace.usualCapacity) {
    precondition(receiveCapacity > 0 && receiveCapacity < 1 << 30, "no such window")
    self.mss = mss
    self.receiveCapacity = receiveCapacity
  }

  /// RCV.WIND.SHIFT: by how many bits our windows must be shifted to fit their field (RFC 7323 §2.3).
  var receiveScale: UInt8 {
    UInt8(max(0, UInt32.bitWidth - receiveCapacity.leadingZeroBitCount - 16))
  }

  /// The window in our SYN or SYN-ACK, which is never shifted (RFC 7323 §2.2).
  var handshakeWindow: UInt16 { UInt16(clamping: receiveCapacity) }

  /// The options of a SYN: everything that this end would like.
  func synOptions(iss: SequenceNumber, at now: Instant) -> HandshakeOptions {
    HandshakeOptions(
      maximumSegmentSize: mss, windowScale: receiveScale, selectiveAcknowledgments: true,
      timestamps: hasTimestamps ? Timestamps(value: TimestampState.clock(iss, at: now), echo: 0) : nil)
  }

  /// The options of a SYN-ACK: of what this end would like, that which the peer has offered.
  func answer(to peer: HandshakeOptions, iss: SequenceNumber, at now: Instant) -> HandshakeOptions {
    var options = synOptions(iss: iss, at: now)
    options.timestamps?.echo = peer.timestamps?.value ?? 0
    if peer.timestamps == nil { options.timestamps = nil }
    if peer.windowScale == nil { options.windowScale = nil }
    options.selectiveAcknowledgments = peer.selectiveAcknowledgments
    return options
  }
}

/// What both ends have agreed on when a handshake is complete.
package struct HandshakeAgreement: Sendable {
  /// ISS: our initial sequence number.
  package var iss: SequenceNumber
  /// IRS: the peer's.
  package var irs: SequenceNumber
  /// The most text a segment to this peer may carry.
  package var mss: UInt16
  /// By how many bits the peer's windows are shifted.
  package var sendScale: UInt8
  /// By how many bits our windows are shifted.
  package var receiveScale: UInt8
  /// The most text that may wait here, in bytes: never more than an agreed window can say.
  package var receiveCapacity: UInt32
  /// Whether both ends tell what they hold ahead of a gap (RFC 2018 §2).
  package var isSelective: Bool
  /// How the window of the connection grows.
  package var congestion: CongestionAlgorithm
  /// Whether both ends speak of congestion (RFC 3168 §6.1.1).
  package var hasECN: Bool
  /// The peer's clock as its SYN has shown it; nil where the ends do not speak of clocks.
  package var peerClock: UInt32?

  /// Text smaller than this is not worth its headers, whatever a peer announces.
  package static let smallestMSS: UInt16 = 88

  /// What follows from our offer and the options of the peer's SYN.
  /// - Parameter hasECN: whether both SYNs have agreed to speak of congestion.
  init(
    _ offer: HandshakeOffer, peer: HandshakeOptions, iss: SequenceNumber, irs: SequenceNumber, hasECN: Bool = false
  ) {
    self.hasECN = hasECN
    self.iss = iss
    self.irs = irs
    mss = min(offer.mss, max(peer.maximumSegmentSize ?? offer.usualPeerMSS, HandshakeAgreement.smallestMSS))
    sendScale = peer.windowScale ?? 0
    receiveScale = peer.windowScale == nil ? 0 : offer.receiveScale
    receiveCapacity = peer.windowScale == nil ? UInt32(offer.handshakeWindow) : offer.receiveCapacity
    isSelective = peer.selectiveAcknowledgments
    congestion = offer.congestion
    peerClock = offer.hasTimestamps ? peer.timestamps?.value : nil
    // The MSS says nothing of options, which take from the text of each segment (RFC 6691 §2).
    if peerClock != nil { mss -= TimestampState.byteCount }
  }
}

extension TCPHeader {
  /// The options of a SYN; none where it has none.
  var handshakeOptions: HandshakeOptions {
    if case .handshake(let options) = options { options } else { HandshakeOptions() }
  }
}
