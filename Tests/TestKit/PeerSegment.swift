package import Wire

/// A segment that a test sends to the host, written to bytes without the code that is being tested.
package struct PeerSegment: Sendable {
  /// The flags of RFC 9293 §3.1 as they stand in the header.
  package struct Flags: OptionSet, Hashable, Sendable {
    /// The bits.
    package let rawValue: UInt8

    /// Flags with these bits.
    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// FIN.
    package static let fin = Flags(rawValue: 0x01)
    /// SYN.
    package static let syn = Flags(rawValue: 0x02)
    /// RST.
    package static let rst = Flags(rawValue: 0x04)
    /// PSH.
    package static let psh = Flags(rawValue: 0x08)
    /// ACK.
    package static let ack = Flags(rawValue: 0x10)
    /// ECE.
    package static let echo = Flags(rawValue: 0x40)
    /// CWR.
    package static let windowReduced = Flags(rawValue: 0x80)
  }

  /// The peer's port.
  package var sourcePort = Station.peerPort
  /// The host's port.
  package var destinationPort = Station.port
  /// SEG.SEQ.
  package var sequence: UInt32
  /// SEG.ACK, whether or not the ACK flag is set.
  package var acknowledgment: UInt32 = 0
  /// The flags.
  package var flags: Flags
  /// SEG.WND, unscaled.
  package var window: UInt16 = 0xFFFF
  /// The options, a multiple of four bytes.
  package var options: [UInt8] = []
  /// What its Internet header says of congestion.
  package var mark = PacketMark.none
  /// The text.
  package var text: ArraySlice<UInt8> = []

  /// A segment without text.
  package init(sequence: UInt32, flags: Flags) {
    self.sequence = sequence
    self.flags = flags
  }

  /// The segment in a frame from `peer` to the host.
  package func frame(from peer: Station = .peer, to host: Station? = nil) -> [UInt8] {
    let host = host ?? peer.counterpart
    let start = peer.headerCount
    let length = 20 + options.count + text.count
    var frame = [UInt8]()
    frame.reserveCapacity(start + length)
    frame.append(host.hardware.value, count: 6)
    frame.append(peer.hardware.value, count: 6)
    frame.append(peer.address.family == .ipv4 ? 0x0800 : 0x86DD, count: 2)
    frame += PeerSegment.packetHeader(protocol: 6, length: length, from: peer, to: host, mark: mark)
    frame.append(UInt64(sourcePort) << 16 | UInt64(destinationPort), count: 4)
    frame.append(UInt64(sequence), count: 4)
    frame.append(UInt64(acknowledgment), count: 4)
    frame.append(UInt64((20 + options.count) / 4) << 12 | UInt64(flags.rawValue), count: 2)
    frame.append(UInt64(window), count: 2)
    frame.append(0, count: 4)
    frame += options
    frame += text
    let pseudo = OnesComplement.pseudoHeader(peer.address, host.address, length: length)
    let sum = ~OnesComplement.sum(frame.rawSpan.extracting(droppingFirst: start), from: pseudo)
    frame[start + 16] = UInt8(sum >> 8)
    frame[start + 17] = UInt8(sum & 0xFF)
    return frame
  }

  /// An Internet header without options or extensions in front of `length` bytes of payload.
  package static func packetHeader(
    protocol payload: UInt8, length: Int, from peer: Station = .peer, to host: Station? = nil, hopLimit: UInt8 = 64,
    mark: PacketMark = .none
  ) -> [UInt8] {
    let host = host ?? peer.counterpart
    guard peer.address.family == .ipv4 else {
      var header: [UInt8] = [0x60, mark.rawValue << 4, 0, 0]
      header.append(UInt64(length), count: 2)
      header += [payload, hopLimit]
      header.append(peer.address)
      header.append(host.address)
      return header
    }
    var header: [UInt8] = [0x45, mark.rawValue]
    header.append(UInt64(20 + length), count: 2)
    header += [0x12, 0x34, 0x40, 0, hopLimit, payload, 0, 0]
    header.append(peer.address)
    header.append(host.address)
    let sum = ~OnesComplement.sum(header.rawSpan)
    header[10] = UInt8(sum >> 8)
    header[11] = UInt8(sum & 0xFF)
    return header
  }
}

extension [UInt8] {
  /// Appends an address as it stands in a packet of its version.
  package mutating func append(_ address: IPAddress) {
    if address.family == .ipv6 { append(address.mapped.high, count: 8) }
    append(address.mapped.low, count: address.family == .ipv6 ? 8 : 4)
  }

  /// Appends the low `count` bytes of a number, the highest first.
  package mutating func append(_ number: UInt64, count: Int) {
    for index in (0..<count).reversed() { append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
  }
}
