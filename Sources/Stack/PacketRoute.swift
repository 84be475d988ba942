import Wire

/// Who sends a packet to whom, on the Internet and on the link.
struct PacketRoute {
  /// Our Internet address.
  var source: IPAddress
  /// The peer's, of the same version.
  var destination: IPAddress
  /// Our hardware address.
  var sender: MACAddress
  /// That of the peer, or of a router on the way.
  var receiver: MACAddress

  /// Bytes of Ethernet and Internet headers: where the payload begins.
  var headerByteCount: Int { EthernetHeader.byteCount &+ destination.family.headerByteCount }

  /// Writes Ethernet and Internet headers in front of a payload of `length` bytes.
  @inline(__always)
  func writeHeaders(
    to bytes: inout MutableRawSpan, for payload: IPProtocol, length: Int, hopLimit: UInt8 = 64,
    marked mark: CongestionMark = .notCapable
  ) {
    let family = destination.family
    EthernetHeader(destination: receiver, source: sender, type: family.etherType).write(to: &bytes, at: 0)
    switch family {
    case .ipv4:
      let header = IPv4Header(
        totalLength: UInt16(IPv4Header.byteCount &+ length), timeToLive: hopLimit, payloadProtocol: payload,
        source: source.unmapped, destination: destination.unmapped, congestion: mark)
      header.write(to: &bytes, at: EthernetHeader.byteCount)
    case .ipv6:
      let header = IPv6Header(
        payloadLength: UInt16(length), hopLimit: hopLimit, payloadProtocol: payload,
        source: source.mapped, destination: destination.mapped, congestion: mark)
      header.write(to: &bytes, at: EthernetHeader.byteCount)
    }
  }
}
