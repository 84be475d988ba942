package import TCP
package import Wire

/// What a host is called, where it stands, and how much it may remember. Fixed when the host is made.
package struct HostConfiguration: Sendable {
  /// Our hardware address.
  package var hardware: MACAddress
  /// Our Internet address.
  package var address: IPv4Address
  /// The port that is listened on.
  package var port: UInt16
  /// The most bytes of IP header and payload in a frame, at least 576.
  package var mtu: Int
  /// The most text the device takes in one frame and cuts into segments itself; 0 where it cannot.
  package var largestSuperSegment = 0
  /// Whether the device finishes TCP checksums.
  package var deviceFinishesChecksums = false
  /// The most connections there may be at once.
  package var mostConnections = 16_384
  /// The most handshakes there may be at once; a SYN beyond that is dropped, never refused.
  package var backlog = 4_096
  /// The most closed connections that are remembered; the oldest make room.
  package var mostTimeWaits = 65_536
  /// The most connections whose text is kept for a while: requests in parts, out of order, or waiting for the disk.
  package var mostReceiveBuffers = 1_024
  /// The most stretches of text in flight, of all connections, that are told apart beyond the first of each.
  package var mostSentRanges = 65_536
  /// How windows grow and shrink.
  package var congestion = CongestionAlgorithm.cubic
  /// Whether acknowledgments wait for text to ride on.
  package var mergesAcknowledgments = true
  /// The secret behind initial sequence numbers and the flow table.
  package var secret: SipHash

  /// A host at an address.
  package init(hardware: MACAddress, address: IPv4Address, port: UInt16, mtu: Int, secret: SipHash) {
    self.hardware = hardware
    self.address = address
    self.port = port
    self.mtu = mtu
    self.secret = secret
  }

  /// The most text in one frame: what the device takes, and what the length field of a packet can say.
  var largestText: Int {
    min(largestSuperSegment, Int(UInt16.max) - IPv4Header.byteCount - TCPHeader.byteCount)
  }

  /// The most text a segment may carry on this link: the MTU without the fixed headers (RFC 9293 §3.7.1).
  package var mss: UInt16 {
    UInt16(clamping: mtu - IPv4Header.byteCount - TCPHeader.byteCount)
  }
}
