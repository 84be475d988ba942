import Wire

/// The beginning of a segment of ours, as a control message brings it back: the Internet header and at least eight bytes
/// (RFC 792; RFC 4443 §3.1).
struct LostSegment {
  /// Who has sent it: one of our addresses.
  let source: IPAddress
  /// Who should have received it.
  let destination: IPAddress
  /// Our port.
  let sourcePort: UInt16
  /// The peer's port.
  let destinationPort: UInt16
  /// SEG.SEQ.
  let sequence: SequenceNumber

  /// Reads it from a packet of version 4; nil where it is no segment. Length and checksum may have been changed on the way.
  init?(ipv4 bytes: RawSpan) {
    guard bytes.byteCount >= IPv4Header.byteCount, bytes.byte(at: 0) >> 4 == 4 else { return nil }
    let headerCount = Int(bytes.byte(at: 0) & 0xF) * 4
    guard headerCount >= IPv4Header.byteCount, bytes.byteCount >= headerCount + 8,
      IPProtocol(bytes.byte(at: 9)) == .tcp, bytes.uint16(at: 6) & 0x1FFF == 0
    else { return nil }
    self.init(
      from: IPAddress(IPv4Address(bytes, at: 12)), to: IPAddress(IPv4Address(bytes, at: 16)),
      bytes.extracting(droppingFirst: headerCount))
  }

  /// Reads it from a packet of version 6; nil where it is no segment. We send none with extension headers.
  init?(ipv6 bytes: RawSpan) {
    guard bytes.byteCount >= IPv6Header.byteCount + 8, bytes.byte(at: 0) >> 4 == 6,
      IPProtocol(bytes.byte(at: 6)) == .tcp
    else { return nil }
    self.init(
      from: IPAddress(IPv6Address(bytes, at: 8)), to: IPAddress(IPv6Address(bytes, at: 24)),
      bytes.extracting(droppingFirst: IPv6Header.byteCount))
  }

  private init(from source: IPAddress, to destination: IPAddress, _ segment: RawSpan) {
    self.source = source
    self.destination = destination
    sourcePort = segment.uint16(at: 0)
    destinationPort = segment.uint16(at: 2)
    sequence = SequenceNumber(segment.uint32(at: 4))
  }
}
