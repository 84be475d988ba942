extension TCPHeader {
  /// Takes a header with its options off the front of a segment. The checksum is not looked at.
  /// - Throws: `truncated`, `badLength`, `badOption`, `badFlags` for SYN together with FIN.
  @inlinable
  @inline(__always)
  @_lifetime(bytes: copy bytes)
  package init(parsing bytes: inout RawSpan) throws(ParseError) {
    guard bytes.byteCount >= TCPHeader.byteCount else { throw .truncated }
    let headerLength = Int(bytes.byte(at: 12) >> 4) &* 4
    guard headerLength >= TCPHeader.byteCount else { throw .badLength }
    let header = try bytes.take(headerLength)
    let (first, second) = (header.uint64(at: 0), header.uint64(at: 8))
    let flags = UInt8(truncatingIfNeeded: second >> 16)
    let control = try TCPControl(flags: flags)
    self.sourcePort = UInt16(truncatingIfNeeded: first >> 48)
    self.destinationPort = UInt16(truncatingIfNeeded: first >> 32)
    self.sequence = SequenceNumber(UInt32(truncatingIfNeeded: first))
    self.acknowledgment = flags & 0x10 == 0 ? nil : SequenceNumber(UInt32(truncatingIfNeeded: second >> 32))
    self.control = control
    self.isPush = flags & 0x08 != 0
    self.congestion = TCPCongestionFlags(rawValue: flags & 0xC0)
    self.window = UInt16(truncatingIfNeeded: second)
    self.options = .none
    guard headerLength > TCPHeader.byteCount else { return }
    let optionBytes = header.extracting(droppingFirst: TCPHeader.byteCount)
    self.options = try TCPOptions(parsing: optionBytes, isHandshake: control == .syn)
  }

  /// Bytes of the header with its options, a multiple of four.
  @inlinable
  @inline(__always)
  package var byteCount: Int { TCPHeader.byteCount &+ options.byteCount }

  /// Writes the header at `offset` with a checksum field of zero; traps where it does not fit.
  /// - Returns: the sum of the header without its options.
  @inlinable
  @inline(__always)
  @discardableResult
  package func write(to bytes: inout MutableRawSpan, at offset: Int) -> InternetChecksum {
    let word = UInt64(flagsAndWindow)
    let acknowledged = UInt64(acknowledgment?.value ?? 0)
    bytes.store(UInt64(ports) << 32 | UInt64(sequence.value), at: offset)
    bytes.store(acknowledged << 32 | word, at: offset &+ 8)
    bytes.store(0 as UInt32, at: offset &+ 16)
    options.write(to: &bytes, at: offset &+ TCPHeader.byteCount)
    return InternetChecksum(folding: UInt64(ports) &+ UInt64(sequence.value) &+ acknowledged &+ word)
  }

  /// Both ports side by side.
  @inlinable
  var ports: UInt32 { UInt32(sourcePort) << 16 | UInt32(destinationPort) }

  /// The word of header length, flags and window.
  @inlinable
  @inline(__always)
  var flagsAndWindow: UInt32 {
    var flags: UInt8 = control.flags | congestion.rawValue
    if acknowledgment != nil { flags |= 0x10 }
    if isPush { flags |= 0x08 }
    return UInt32(truncatingIfNeeded: byteCount) << 26 | UInt32(flags) << 16 | UInt32(window)
  }
}

extension TCPControl {
  /// The control that a flag byte means. A reset counts before all others (RFC 9293 §3.10.7, "first check the RST bit").
  @inlinable
  @inline(__always)
  package init(flags: UInt8) throws(ParseError) {
    switch flags & 0x07 {
    case 0: self = .none
    case 1: self = .fin
    case 2: self = .syn
    case 3: throw .badFlags
    default: self = .rst
    }
  }

  /// The bit in the flag byte.
  @inlinable
  package var flags: UInt8 {
    switch self {
    case .none: 0
    case .fin: 1
    case .syn: 2
    case .rst: 4
    }
  }
}
