package import TCP
package import Wire

/// What a host is called, where it stands, and how much it may remember. Fixed when the host is made.
package struct HostConfiguration: Sendable {
  /// Our hardware address.
  package var hardware: MACAddress
  /// Our Internet address, the first where there are several.
  package var address: IPv4Address
  /// How many addresses are ours: `address` and those that follow it.
  package var addressCount: UInt16 = 1
  /// The port that is listened on; nil where connections are only opened.
  package var port: UInt16?
  /// The most bytes of IP header and payload in a frame, at least 576.
  package var mtu: Int
  /// The most text the device takes in one frame and cuts into segments itself; 0 where it cannot.
  package var largestSuperSegment = 0
  /// Whether the device finishes TCP checksums.
  package var deviceFinishesChecksums = false
  /// The most connections there may be at once.
  package var mostConnections = 16_384
  /// The most connections that peers at one address may open; nil for as many as there may be at all.
  package var mostConnectionsPerAddress: Int?
  /// The most handshakes that are remembered at once; a SYN beyond that is answered with a cookie, never refused.
  package var backlog = 4_096
  /// The most closed connections that are remembered; the oldest make room.
  package var mostTimeWaits = 65_536
  /// The most connections whose text is kept for a while: requests in parts, out of order, or waiting for the disk.
  package var mostReceiveBuffers = 1_024
  /// How many of them text behind a gap, and text that its application can do without for now, leaves free.
  package var reservedReceiveBuffers = 0
  /// The most stretches of text in flight, of all connections, that are told apart beyond the first of each.
  package var mostSentRanges = 65_536
  /// How windows grow and shrink.
  package var congestion = CongestionAlgorithm.cubic
  /// Whether connections tell each other their clocks (RFC 7323), where the peer does.
  package var hasTimestamps = false
  /// The most connections that may be being opened by us at once.
  package var mostOpenings = 256
  /// The most text of a connection that may wait to be read or put in order, in bytes; also the size of a receive buffer.
  package var receiveCapacity = ReceiveSpace.usualCapacity
  /// The most resets a second that answer segments for nobody.
  package var mostResets: UInt32 = 5_000
  /// The most acknowledgments a second that answer segments which may be forged (RFC 5961 §7).
  package var mostChallenges: UInt32 = 1_000
  /// Whether acknowledgments wait for text to ride on.
  package var mergesAcknowledgments = true
  /// The secret behind initial sequence numbers and the flow table.
  package var secret: SipHash

  /// A host at an address.
  package init(hardware: MACAddress, address: IPv4Address, port: UInt16?, mtu: Int, secret: SipHash) {
    self.hardware = hardware
    self.address = address
    self.port = port
    self.mtu = mtu
    self.secret = secret
  }

  /// The most text in one frame: what the device takes, and what the length field of a packet can say.
  var largestText: Int {
    let options = hasTimestamps ? Int(TimestampState.byteCount) : 0
    return min(largestSuperSegment, Int(UInt16.max) - IPv4Header.byteCount - TCPHeader.byteCount - options)
  }

  /// The most text a segment may carry on this link: the MTU without the fixed headers (RFC 9293 §3.7.1).
  package var mss: UInt16 {
    UInt16(clamping: mtu - IPv4Header.byteCount - TCPHeader.byteCount)
  }

  /// What every connection of ours is offered with.
  var offer: HandshakeOffer {
    var offer = HandshakeOffer(mss: mss, receiveCapacity: receiveCapacity)
    offer.congestion = congestion
    offer.hasTimestamps = hasTimestamps
    return offer
  }

  /// One of our addresses.
  func address(_ local: UInt16) -> IPv4Address { IPv4Address(address.value &+ UInt32(local)) }

  /// Which of our addresses this is; nil where it is not ours.
  @inline(__always)
  func local(_ candidate: IPv4Address) -> UInt16? {
    let distance = candidate.value &- address.value
    return distance < UInt32(addressCount) ? UInt16(truncatingIfNeeded: distance) : nil
  }
}
