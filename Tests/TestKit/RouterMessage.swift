import Wire

/// What routers on the way send to the host (RFC 792, RFC 1191; RFC 4443).
package enum RouterMessage {
  /// The message that a router sends about a segment of the host to `peer`.
  /// - Parameters:
  ///   - code: why it did not arrive, in the numbers of version 4: 4 is too large, and then `mtu` counts. In version 6 the
  ///     numbers that mean the same are sent.
  ///   - number: what the packet carried.
  package static func unreachable(
    code: UInt8 = 4, mtu: UInt16 = 0, sequence: UInt32, port: UInt16 = Station.peerPort, protocol number: UInt8 = 6,
    about peer: Station = .peer
  ) -> [UInt8] {
    let isVersion4 = peer.address.family == .ipv4
    var message: [UInt8] = isVersion4 ? [3, code, 0, 0] : typeAndCode6(code) + [0, 0]
    message.append(UInt64(mtu), count: 4)
    message += PeerSegment.packetHeader(protocol: number, length: 1_440, from: peer.counterpart, to: peer)
    message.append(UInt64(Station.port) << 16 | UInt64(port), count: 4)
    message.append(UInt64(sequence), count: 4)
    return frame(message, from: peer)
  }

  /// Codes of version 4 as version 6 has them: too large, no port, forbidden, anything else.
  private static func typeAndCode6(_ code: UInt8) -> [UInt8] {
    switch code {
    case 4: [2, 0]
    case 3: [1, 4]
    case 2: [1, 1]
    default: [1, 0]
    }
  }

  /// A control message in a frame to the host, with its checksum.
  package static func frame(_ message: [UInt8], from peer: Station, hopLimit: UInt8 = 64) -> [UInt8] {
    var message = message
    let isVersion4 = peer.address.family == .ipv4
    let host = peer.counterpart
    let pseudo = OnesComplement.pseudoHeader(peer.address, host.address, length: message.count, protocol: 58)
    let sum = ~OnesComplement.sum(message.rawSpan, from: isVersion4 ? 0 : pseudo)
    (message[2], message[3]) = (UInt8(sum >> 8), UInt8(sum & 0xFF))
    var frame = [UInt8]()
    frame.append(host.hardware.value, count: 6)
    frame.append(peer.hardware.value, count: 6)
    frame.append(isVersion4 ? 0x0800 : 0x86DD, count: 2)
    frame += PeerSegment.packetHeader(
      protocol: isVersion4 ? 1 : 58, length: message.count, from: peer, hopLimit: hopLimit)
    return frame + message
  }
}
