extension IPv4Header {
  /// Takes a header with its options off the front of a packet, and what lies behind the packet's end off its back.
  /// - Throws: `truncated`, `unsupported` for another version, `badLength`, `badChecksum`.
  @inlinable
  @inline(__always)
  @_lifetime(bytes: copy bytes)
  package init(parsing bytes: inout RawSpan) throws(ParseError) {
    guard bytes.byteCount >= IPv4Header.byteCount else { throw .truncated }
    let versionAndLength = bytes.byte(at: 0)
    guard versionAndLength >> 4 == 4 else { throw .unsupported }
    let headerLength = Int(versionAndLength & 0xF) &* 4
    let totalLength = bytes.uint16(at: 2)
    guard headerLength >= IPv4Header.byteCount, headerLength <= Int(totalLength) else { throw .badLength }
    guard Int(totalLength) <= bytes.byteCount else { throw .truncated }
    bytes = bytes.extracting(first: Int(totalLength))
    let header = try bytes.take(headerLength)
    // Whole words: each has its bounds checked, and they are summed as numbers (RFC 1071 §2).
    let (first, second, last) = (header.uint64(at: 0), header.uint64(at: 8), header.uint32(at: 16))
    let halves = (first >> 32) &+ (first & 0xFFFF_FFFF) &+ (second >> 32) &+ (second & 0xFFFF_FFFF)
    var sum = InternetChecksum(folding: halves &+ UInt64(last))
    if headerLength > IPv4Header.byteCount {
      sum += InternetChecksum(summing: header.extracting(droppingFirst: IPv4Header.byteCount))
    }
    guard sum.isValid else { throw .badChecksum }
    let service = UInt8(truncatingIfNeeded: first >> 48)
    let place = UInt16(truncatingIfNeeded: first)
    self.congestion = CongestionMark(lowBitsOf: service)
    self.serviceCode = service >> 2
    self.totalLength = totalLength
    self.identification = UInt16(truncatingIfNeeded: first >> 16)
    self.dontFragment = place & 0x4000 != 0
    self.fragment = place & 0x3FFF == 0 ? nil : Fragment(offset: place & 0x1FFF, moreFollow: place & 0x2000 != 0)
    self.timeToLive = UInt8(truncatingIfNeeded: second >> 56)
    self.payloadProtocol = IPProtocol(UInt8(truncatingIfNeeded: second >> 48))
    self.source = IPv4Address(UInt32(truncatingIfNeeded: second))
    self.destination = IPv4Address(last)
  }

  /// Writes the header with its checksum at `offset`; traps where it does not fit.
  @inlinable
  @inline(__always)
  package func write(to bytes: inout MutableRawSpan, at offset: Int) {
    // Whole words: each store has its bounds checked, and their sum is that of the header (RFC 1071 §2).
    let service = UInt32(serviceCode << 2 | congestion.rawValue)
    let first = 0x4500_0000 | service << 16 | UInt32(totalLength)
    let second = UInt32(identification) << 16 | UInt32(place)
    let third = UInt32(timeToLive) << 24 | UInt32(payloadProtocol.value) << 16
    let addresses = UInt64(source.value) &+ UInt64(destination.value)
    let sum = InternetChecksum(folding: UInt64(first) &+ UInt64(second) &+ UInt64(third) &+ addresses)
    bytes.store(UInt64(first) << 32 | UInt64(second), at: offset)
    bytes.store(third | UInt32(sum.field), at: offset &+ 8)
    bytes.store(UInt64(source.value) << 32 | UInt64(destination.value), at: offset &+ 12)
  }

  /// The word of flags and fragment offset.
  @inlinable
  package var place: UInt16 {
    let flag: UInt16 = dontFragment ? 0x4000 : 0
    guard let fragment else { return flag }
    return flag | (fragment.moreFollow ? 0x2000 : 0) | fragment.offset & 0x1FFF
  }
}
