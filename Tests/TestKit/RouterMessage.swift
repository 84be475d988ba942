import Wire

/// What routers on the way send to the host (RFC 792, RFC 1191).
package enum RouterMessage {
  /// The message that a router sends about a segment of the host.
  package static func unreachable(
    code: UInt8 = 4, mtu: UInt16 = 0, sequence: UInt32, port: UInt16 = Station.peerPort, protocol number: UInt8 = 6
  ) -> [UInt8] {
    var message: [UInt8] = [3, code, 0, 0, 0, 0]
    message.append(UInt64(mtu), count: 2)
    message += PeerSegment.packetHeader(protocol: number, length: 1_480, from: .host, to: .peer)
    message.append(UInt64(Station.port) << 16 | UInt64(port), count: 4)
    message.append(UInt64(sequence), count: 4)
    let sum = ~OnesComplement.sum(message.rawSpan)
    (message[2], message[3]) = (UInt8(sum >> 8), UInt8(sum & 0xFF))
    var frame = [UInt8]()
    frame.append(Station.host.hardware.value, count: 6)
    frame.append(Station.peer.hardware.value, count: 6)
    frame.append(0x0800, count: 2)
    return frame + PeerSegment.packetHeader(protocol: 1, length: message.count) + message
  }
}
