extension IPv6Header {
  /// Takes a header with its extensions off the front of a packet, and what lies behind the packet's end off its back.
  /// - Throws: `truncated`; `unsupported` for another version, for too many extensions, and for a route that is not at its
  ///   end (RFC 5095); `badOption` for an option that says it must be understood (RFC 8200 §4.2).
  @_lifetime(bytes: copy bytes)
  package init(parsing bytes: inout RawSpan) throws(ParseError) {
    guard bytes.byteCount >= IPv6Header.byteCount else { throw .truncated }
    let first = bytes.uint32(at: 0)
    guard first >> 28 == 6 else { throw .unsupported }
    payloadLength = bytes.uint16(at: 4)
    guard IPv6Header.byteCount &+ Int(payloadLength) <= bytes.byteCount else { throw .truncated }
    congestion = CongestionMark(lowBitsOf: UInt8(truncatingIfNeeded: first >> 20))
    serviceCode = UInt8(truncatingIfNeeded: first >> 22 & 0x3F)
    flowLabel = first & 0xF_FFFF
    payloadProtocol = IPProtocol(bytes.byte(at: 6))
    hopLimit = bytes.byte(at: 7)
    source = IPv6Address(bytes, at: 8)
    destination = IPv6Address(bytes, at: 24)
    isFragment = false
    bytes = bytes.extracting(IPv6Header.byteCount..<(IPv6Header.byteCount &+ Int(payloadLength)))
    if payloadProtocol.isExtension { try skipExtensions(&bytes) }
  }

  /// Takes extension headers off the front, up to a payload or a fragment.
  @_lifetime(bytes: copy bytes)
  private mutating func skipExtensions(_ bytes: inout RawSpan) throws(ParseError) {
    var count = 0
    while payloadProtocol.isExtension {
      count += 1
      guard count <= IPv6Header.mostExtensions else { throw .unsupported }
      guard bytes.byteCount >= 8 else { throw .truncated }
      let kind = payloadProtocol
      payloadProtocol = IPProtocol(bytes.byte(at: 0))
      if kind == .ipv6Fragment {
        // A fragment that is all of its packet is none (RFC 6946).
        isFragment = bytes.uint16(at: 2) & 0xFFF9 != 0
        _ = try bytes.take(8)
        if isFragment { return }
        continue
      }
      let header = try bytes.take((Int(bytes.byte(at: 1)) + 1) * 8)
      switch kind {
      case .ipv6Route: guard header.byte(at: 3) == 0 else { throw .unsupported }
      case .ipv6HopByHop where count > 1: throw .unsupported
      default: try IPv6Header.checkOptions(header.extracting(droppingFirst: 2))
      }
    }
  }

  /// Looks whether all options may be skipped by who does not know them.
  private static func checkOptions(_ options: RawSpan) throws(ParseError) {
    var rest = options
    while !rest.isEmpty {
      let kind = rest.byte(at: 0)
      guard kind != 0 else {
        _ = try rest.take(1)
        continue
      }
      guard kind >> 6 == 0, rest.byteCount >= 2 else { throw .badOption }
      guard rest.byteCount >= 2 + Int(rest.byte(at: 1)) else { throw .badOption }
      _ = try rest.take(2 + Int(rest.byte(at: 1)))
    }
  }

  /// Writes the header at `offset`, without extensions; traps where it does not fit.
  @inlinable
  @inline(__always)
  package func write(to bytes: inout MutableRawSpan, at offset: Int) {
    let service = UInt32(serviceCode << 2 | congestion.rawValue)
    let first = 0x6000_0000 | service << 20 | flowLabel & 0xF_FFFF
    let second = UInt32(payloadLength) << 16 | UInt32(payloadProtocol.value) << 8 | UInt32(hopLimit)
    bytes.store(UInt64(first) << 32 | UInt64(second), at: offset)
    source.write(to: &bytes, at: offset &+ 8)
    destination.write(to: &bytes, at: offset &+ 24)
  }
}
