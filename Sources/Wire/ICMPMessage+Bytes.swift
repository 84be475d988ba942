extension ICMPMessage {
  /// Takes a message off the front; the checksum covers all of `bytes`.
  /// - Throws: `truncated`, `badChecksum`.
  @_lifetime(bytes: copy bytes)
  package init(parsing bytes: inout RawSpan) throws(ParseError) {
    guard bytes.byteCount >= ICMPMessage.byteCount else { throw .truncated }
    guard InternetChecksum(summing: bytes).isValid else { throw .badChecksum }
    let header = try bytes.take(ICMPMessage.byteCount)
    let (type, code) = (header.byte(at: 0), header.byte(at: 1))
    switch (type, code) {
    case (0, 0): self = .echoReply(identifier: header.uint16(at: 4), sequence: header.uint16(at: 6))
    case (8, 0): self = .echoRequest(identifier: header.uint16(at: 4), sequence: header.uint16(at: 6))
    case (3, 4): self = .unreachable(.needsFragmentation(mtu: header.uint16(at: 6)))
    case (3, _): self = .unreachable(.code(code))
    default: self = .other(type: type, code: code)
    }
  }

  /// Writes the message at `offset` with a checksum that also covers what follows; traps where it does not fit.
  /// - Parameter rest: the sum of what follows.
  package func write(to bytes: inout MutableRawSpan, at offset: Int, followedBy rest: InternetChecksum) {
    let (typeAndCode, number) = fields
    bytes.store(typeAndCode, at: offset)
    bytes.store(rest.adding(typeAndCode).adding(number).field, at: offset + 2)
    bytes.store(number, at: offset + 4)
  }

  /// Type and code, and the four bytes behind the checksum.
  private var fields: (UInt16, UInt32) {
    switch self {
    case .echoReply(let identifier, let sequence): (0x0000, UInt32(identifier) << 16 | UInt32(sequence))
    case .echoRequest(let identifier, let sequence): (0x0800, UInt32(identifier) << 16 | UInt32(sequence))
    case .unreachable(.needsFragmentation(let mtu)): (0x0304, UInt32(mtu))
    case .unreachable(.code(let code)): (0x0300 | UInt16(code), 0)
    case .other(let type, let code): (UInt16(type) << 8 | UInt16(code), 0)
    }
  }
}
