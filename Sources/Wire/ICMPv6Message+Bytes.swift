extension ICMPv6Message {
  /// Takes a message off the front; the checksum covers all of `bytes` and both addresses (RFC 4443 §2.3).
  /// - Throws: `truncated`, `badChecksum`; `badOption`, `badLength` for a message about neighbors that cannot be.
  @_lifetime(bytes: copy bytes)
  package init(parsing bytes: inout RawSpan, from source: IPv6Address, to destination: IPv6Address) throws(ParseError) {
    guard bytes.byteCount >= ICMPv6Message.byteCount else { throw .truncated }
    let pseudo = InternetChecksum(.icmpv6, from: source, to: destination, length: bytes.byteCount)
    guard (pseudo + InternetChecksum(summing: bytes)).isValid else { throw .badChecksum }
    let header = try bytes.take(ICMPv6Message.byteCount)
    let (type, code) = (header.byte(at: 0), header.byte(at: 1))
    switch (type, code) {
    case (1, _): self = .unreachable(code: code)
    case (2, _): self = .packetTooBig(mtu: header.uint32(at: 4))
    case (128, 0): self = .echoRequest(identifier: header.uint16(at: 4), sequence: header.uint16(at: 6))
    case (129, 0): self = .echoReply(identifier: header.uint16(at: 4), sequence: header.uint16(at: 6))
    case (135, 0): self = .neighbor(try NeighborMessage(.solicitation, &bytes, hardwareOption: 1))
    case (136, 0):
      let flags = header.byte(at: 4)
      let kind = NeighborMessage.Kind.advertisement(isSolicited: flags & 0x40 != 0, overrides: flags & 0x20 != 0)
      self = .neighbor(try NeighborMessage(kind, &bytes, hardwareOption: 2))
    default: self = .other(type: type, code: code)
    }
  }

  /// Writes the message at `offset` with a checksum that also covers what follows and both addresses; traps where it does
  /// not fit.
  /// - Parameters:
  ///   - rest: the sum of what follows; nothing follows a message about neighbors.
  ///   - count: bytes of what follows.
  package func write(
    to bytes: inout MutableRawSpan, at offset: Int, followedBy rest: InternetChecksum = .zero, count: Int = 0,
    from source: IPv6Address, to destination: IPv6Address
  ) {
    let (typeAndCode, number) = fields
    bytes.store(typeAndCode, at: offset)
    bytes.store(0 as UInt16, at: offset + 2)
    bytes.store(number, at: offset + 4)
    if case .neighbor(let message) = self { message.write(to: &bytes, at: offset + ICMPv6Message.byteCount) }
    let pseudo = InternetChecksum(.icmpv6, from: source, to: destination, length: byteCount + count)
    let sum = InternetChecksum(summing: bytes.bytes.extracting(offset..<(offset + byteCount)))
    bytes.store((pseudo + sum + rest).field, at: offset + 2)
  }

  /// Bytes of the message before what follows it.
  package var byteCount: Int {
    guard case .neighbor(let message) = self else { return ICMPv6Message.byteCount }
    return message.hardware == nil ? NeighborMessage.byteCount - 8 : NeighborMessage.byteCount
  }

  /// Type and code, and the four bytes behind the checksum.
  private var fields: (UInt16, UInt32) {
    switch self {
    case .echoRequest(let identifier, let sequence): (0x8000, UInt32(identifier) << 16 | UInt32(sequence))
    case .echoReply(let identifier, let sequence): (0x8100, UInt32(identifier) << 16 | UInt32(sequence))
    case .unreachable(let code): (0x0100 | UInt16(code), 0)
    case .packetTooBig(let mtu): (0x0200, mtu)
    case .neighbor(let message): message.fields
    case .other(let type, let code): (UInt16(type) << 8 | UInt16(code), 0)
    }
  }
}

extension NeighborMessage {
  /// Takes target and options off the front.
  @_lifetime(bytes: copy bytes)
  fileprivate init(_ kind: Kind, _ bytes: inout RawSpan, hardwareOption: UInt8) throws(ParseError) {
    self.kind = kind
    target = IPv6Address(try bytes.take(16), at: 0)
    while !bytes.isEmpty {
      guard bytes.byteCount >= 8 else { throw .badLength }
      let count = Int(bytes.byte(at: 1)) * 8
      // RFC 4861 §7.1: an option without a length would never end.
      guard count > 0 else { throw .badOption }
      let option = try bytes.take(count)
      if option.byte(at: 0) == hardwareOption, count == 8 { hardware = MACAddress(option, at: 2) }
    }
  }

  /// Type and code, and the flags.
  fileprivate var fields: (UInt16, UInt32) {
    switch kind {
    case .solicitation: (0x8700, 0)
    case .advertisement(let isSolicited, let overrides):
      (0x8800, (isSolicited ? 0x4000_0000 : 0) | (overrides ? 0x2000_0000 : 0))
    }
  }

  /// Writes target and option.
  fileprivate func write(to bytes: inout MutableRawSpan, at offset: Int) {
    target.write(to: &bytes, at: offset)
    guard let hardware else { return }
    bytes.store((kind == .solicitation ? 0x0101 : 0x0201) as UInt16, at: offset + 16)
    hardware.write(to: &bytes, at: offset + 18)
  }
}
