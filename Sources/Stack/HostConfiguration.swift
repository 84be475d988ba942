package import TCP
package import Time
package import Wire

/// What a host is called, where it stands, and how much it may remember. Fixed when the host is made.
package struct HostConfiguration: Sendable {
  /// Our hardware address.
  package var hardware: MACAddress
  /// Our Internet addresses.
  package var addresses: HostAddresses
  /// The port that is listened on; nil where connections are only opened.
  package var port: UInt16?
  /// The most bytes of IP header and payload in a frame, at least 576, and 1,280 with an address of version 6.
  package var mtu: Int
  /// The most text the device takes in one frame and cuts into segments itself; 0 where it cannot.
  package var largestSuperSegment = 0
  /// Whether the device finishes TCP checksums.
  package var deviceFinishesChecksums = false
  /// The most connections there may be at once.
  package var mostConnections = 16_384
  /// The most connections that peers at one address may open; nil for as many as there may be at all.
  package var mostConnectionsPerAddress: Int?
  /// The most connections that are there only for their peers: closed by the application, with text or a FIN on the way.
  /// Beyond that the one that was closed first is reset (Linux: `tcp_max_orphans`).
  package var mostOrphans = 8_192
  /// How long a peer may acknowledge nothing of what waits for it, or keep its window closed, until its connection is given
  /// up (RFC 9293 §3.8.3).
  package var userTimeout = Connection.userTimeout
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
  /// Whether connections speak of congestion (RFC 3168), where the peer does.
  package var hasECN = false
  /// The most connections that may be being opened by us at once.
  package var mostOpenings = 256
  /// The most text of a connection that may wait to be read or put in order, in bytes; also the size of a receive buffer.
  package var receiveCapacity = ReceiveSpace.usualCapacity
  /// The most resets a second that answer segments for nobody.
  package var mostResets: UInt32 = 5_000
  /// The most acknowledgments a second that answer segments which may be forged (RFC 5961 §7), and the most that answer what
  /// comes to handshakes and to connections in TIME-WAIT.
  package var mostChallenges: UInt32 = 1_000
  /// When silent peers are asked whether they are still there (RFC 9293 §3.8.4); nil for never.
  package var keepAlive: KeepAlive?
  /// Whether acknowledgments wait for text to ride on.
  package var mergesAcknowledgments = true
  /// The secret behind initial sequence numbers and the flow table.
  package var secret: SipHash

  /// A host at its addresses.
  package init(hardware: MACAddress, addresses: HostAddresses, port: UInt16?, mtu: Int, secret: SipHash) {
    self.hardware = hardware
    self.addresses = addresses
    self.port = port
    self.mtu = mtu
    self.secret = secret
  }

  /// The most text in one frame: what the device takes, and what the length field of a packet can say. Devices count on the
  /// header of version 4; the longer one of version 6 is taken from the text.
  func largestText(towards peer: IPAddress) -> Int {
    let options = hasTimestamps ? Int(TimestampState.byteCount) : 0
    let most = min(largestSuperSegment, Int(UInt16.max) - IPv4Header.byteCount - TCPHeader.byteCount - options)
    return most - (peer.family.headerByteCount - IPv4Header.byteCount)
  }

  /// The most text a segment may carry on this link: the MTU without the fixed headers (RFC 9293 §3.7.1).
  package func mss(_ family: IPFamily) -> UInt16 {
    UInt16(clamping: family.segmentSize(mtu: mtu))
  }

  /// What every connection of ours with a peer of a version is offered with.
  @inline(__always)
  func offer(_ family: IPFamily) -> HandshakeOffer {
    var offer = HandshakeOffer(mss: mss(family), receiveCapacity: receiveCapacity)
    offer.usualPeerMSS = UInt16(family.segmentSize(mtu: family.leastMTU))
    offer.congestion = congestion
    offer.hasTimestamps = hasTimestamps
    offer.hasECN = hasECN
    return offer
  }

  /// Has a new connection behave as every connection of ours.
  func apply(to connection: inout Connection) {
    connection.mergesAcknowledgments = mergesAcknowledgments
    connection.keepAlive = keepAlive
  }
}
