package import Time
import Wire

/// A segment the host has sent, read from its frame without the code that is being tested, and checked on the way.
package struct SentSegment: Sendable {
  /// When the host sent it.
  package let time: Instant
  /// The peer's port.
  package let port: UInt16
  /// SEG.SEQ.
  package let sequence: UInt32
  /// SEG.ACK; nil where the ACK flag is off.
  package let acknowledgment: UInt32?
  /// The flags.
  package let flags: PeerSegment.Flags
  /// SEG.WND, unscaled.
  package let window: UInt16
  /// The options.
  package let options: [UInt8]
  /// What its Internet header says of congestion.
  package var mark: PacketMark
  /// The text.
  package let text: [UInt8]
  /// The whole frame.
  package let frame: [UInt8]

  /// Whether a checksum must be complete, or only hold the pseudo-header's part for the device to finish.
  package enum ChecksumState: Sendable {
    /// It covers everything.
    case complete
    /// It is the sum of the pseudo-header (virtio's convention).
    case pseudoHeader
  }

  /// Reads a frame.
  /// - Throws: `TestFailure` that says what is wrong with it.
  package init(
    reading frame: [UInt8], at time: Instant, to peer: Station = .peer, checksum: ChecksumState
  ) throws(TestFailure) {
    let bytes = frame.rawSpan
    let start = peer.headerCount
    try require(bytes.byteCount >= start + 20, "a frame of \(bytes.byteCount) bytes is too short for a segment")
    try SentSegment.checkPacket(bytes, to: peer)
    let segment = bytes.extracting(droppingFirst: start)
    let headerCount = Int(segment.byte(at: 12) >> 4) * 4
    try require((20...60).contains(headerCount) && headerCount <= segment.byteCount, "data offset \(headerCount)")
    try require(segment.byte(at: 12) & 0x0F == 0, "reserved bits are set")
    try require(segment.uint16(at: 18) == 0, "the urgent pointer is set")
    let pseudo = OnesComplement.pseudoHeader(peer.counterpart.address, peer.address, length: segment.byteCount)
    switch checksum {
    case .complete:
      let sum = OnesComplement.sum(segment, from: pseudo)
      try require(sum == 0xFFFF, "the TCP checksum is wrong by \(~sum)")
    case .pseudoHeader:
      let sum = OnesComplement.sum(RawSpan(), from: pseudo)
      try require(segment.uint16(at: 16) == sum, "the checksum field does not hold the pseudo-header's sum")
    }
    self.time = time
    self.port = segment.uint16(at: 2)
    self.sequence = segment.uint32(at: 4)
    self.flags = PeerSegment.Flags(rawValue: segment.byte(at: 13))
    self.acknowledgment = flags.contains(.ack) ? segment.uint32(at: 8) : nil
    self.window = segment.uint16(at: 14)
    self.options = [UInt8](frame[(start + 20)..<(start + headerCount)])
    self.text = [UInt8](frame[(start + headerCount)...])
    self.frame = frame
    self.mark = PacketMark(rawValue: (start == 34 ? frame[15] : frame[15] >> 4) & 3) ?? .none
    try require(segment.uint16(at: 0) == Station.port, "sent from port \(segment.uint16(at: 0))")
    try require(flags.contains(.ack) || segment.uint32(at: 8) == 0, "an acknowledgment number without the flag")
    try require(flags.rawValue & 0x20 == 0, "flags \(flags.rawValue) that nobody asked for")
  }

  /// Checks Ethernet and Internet header.
  private static func checkPacket(_ bytes: RawSpan, to peer: Station) throws(TestFailure) {
    let packet = bytes.extracting(droppingFirst: 14)
    let destination = MACAddress(bytes, at: 0)
    try require(destination == peer.hardware, "sent to \(destination)")
    try require(MACAddress(bytes, at: 6) == Station.host.hardware, "sent from a strange station")
    guard peer.address.family == .ipv4 else {
      try require(bytes.uint16(at: 12) == 0x86DD, "not an Internet packet of version 6")
      return try checkPacket6(packet, to: peer)
    }
    try require(bytes.uint16(at: 12) == 0x0800, "not an Internet packet")
    try require(packet.byte(at: 1) < 4, "a service class that nobody asked for")
    try require(packet.byte(at: 0) == 0x45, "not an Internet header without options")
    try require(Int(packet.uint16(at: 2)) == packet.byteCount, "the packet's length is \(packet.uint16(at: 2))")
    try require(packet.uint16(at: 6) == 0x4000, "not a whole packet that must not be fragmented")
    try require(packet.byte(at: 8) == 64 && packet.byte(at: 9) == 6, "time to live or protocol")
    let header = packet.extracting(first: 20)
    try require(OnesComplement.sum(header) == 0xFFFF, "the Internet header's checksum is wrong")
    try require(IPAddress(IPv4Address(packet, at: 12)) == Station.host.address, "sent from a strange address")
    try require(IPAddress(IPv4Address(packet, at: 16)) == peer.address, "sent to a strange address")
  }

  /// Checks an Internet header of version 6.
  private static func checkPacket6(_ packet: RawSpan, to peer: Station) throws(TestFailure) {
    try require(packet.uint32(at: 0) & ~0x30_0000 == 0x6000_0000, "not an Internet header without class and label")
    try require(Int(packet.uint16(at: 4)) == packet.byteCount - 40, "the payload's length is \(packet.uint16(at: 4))")
    try require(packet.byte(at: 6) == 6 && packet.byte(at: 7) == 64, "protocol or hop limit")
    try require(IPAddress(IPv6Address(packet, at: 8)) == Station.host6.address, "sent from a strange address")
    try require(IPAddress(IPv6Address(packet, at: 24)) == peer.address, "sent to a strange address")
  }

  private init(_ whole: SentSegment, text range: Range<Int>) {
    let isLast = range.upperBound == whole.text.count
    time = whole.time
    port = whole.port
    sequence = whole.sequence &+ UInt32(range.lowerBound)
    acknowledgment = whole.acknowledgment
    let first = range.lowerBound == 0 ? whole.flags : whole.flags.subtracting(.windowReduced)
    flags = isLast ? first : first.subtracting([.fin, .psh])
    window = whole.window
    options = whole.options
    mark = whole.mark
    text = [UInt8](whole.text[range])
    frame = whole.frame
  }

  /// The segments that a device makes of it, of at most `size` bytes of text each.
  package func cut(to size: Int) -> [SentSegment] {
    guard text.count > size else { return [self] }
    return stride(from: 0, to: text.count, by: size).map { start in
      SentSegment(self, text: start..<min(start + size, text.count))
    }
  }

  /// The number behind the segment's last, SYN and FIN counted.
  package var end: UInt32 {
    sequence &+ UInt32(text.count) &+ (flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1)
  }
}
