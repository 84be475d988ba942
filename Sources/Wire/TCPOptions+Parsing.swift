extension TCPOptions {
  /// The numbers of the options (IANA "TCP Option Kind Numbers").
  enum Kind {
    static let end: UInt8 = 0
    static let noOperation: UInt8 = 1
    static let maximumSegmentSize: UInt8 = 2
    static let windowScale: UInt8 = 3
    static let selectivePermitted: UInt8 = 4
    static let selective: UInt8 = 5
    static let timestamps: UInt8 = 8
  }

  /// Reads the options of a header. Unknown ones, and known ones where they do not belong, are skipped (RFC 9293 §3.1).
  /// - Throws: `badOption` when a length is impossible.
  package init(parsing bytes: RawSpan, isHandshake: Bool) throws(ParseError) {
    var handshake = HandshakeOptions()
    var segment = SegmentOptions()
    var offset = 0
    while offset < bytes.byteCount {
      let kind = bytes.byte(at: offset)
      if kind == Kind.end { break }
      if kind == Kind.noOperation {
        offset &+= 1
        continue
      }
      guard offset &+ 1 < bytes.byteCount else { throw .badOption }
      let length = Int(bytes.byte(at: offset &+ 1))
      guard length >= 2, offset &+ length <= bytes.byteCount else { throw .badOption }
      let option = bytes.extracting(offset..<(offset &+ length))
      if isHandshake {
        handshake.read(option)
      } else {
        segment.read(option)
      }
      offset &+= length
    }
    self = isHandshake ? .handshake(handshake) : .segment(segment)
  }
}

extension HandshakeOptions {
  /// Takes in one option, kind and length included. A length that is wrong for the kind makes it unknown.
  mutating func read(_ option: RawSpan) {
    switch (option.byte(at: 0), option.byteCount) {
    case (TCPOptions.Kind.maximumSegmentSize, 4): maximumSegmentSize = option.uint16(at: 2)
    case (TCPOptions.Kind.windowScale, 3): windowScale = min(option.byte(at: 2), 14)
    case (TCPOptions.Kind.selectivePermitted, 2): selectiveAcknowledgments = true
    case (TCPOptions.Kind.timestamps, 10): timestamps = Timestamps(reading: option)
    default: break
    }
  }
}

extension SegmentOptions {
  /// Takes in one option, kind and length included. A length that is wrong for the kind makes it unknown.
  mutating func read(_ option: RawSpan) {
    switch (option.byte(at: 0), option.byteCount) {
    case (TCPOptions.Kind.timestamps, 10): timestamps = Timestamps(reading: option)
    case (TCPOptions.Kind.selective, let length) where length & 7 == 2 && length > 2: readBlocks(option)
    default: break
    }
  }

  /// Takes in the blocks of a selective acknowledgment.
  private mutating func readBlocks(_ option: RawSpan) {
    selective = SelectiveBlocks()
    for index in 0..<(option.byteCount - 2) / 8 {
      let left = SequenceNumber(option.uint32(at: 2 + 8 * index))
      let right = SequenceNumber(option.uint32(at: 6 + 8 * index))
      selective.append(SelectiveBlock(left: left, right: right))
    }
  }
}

extension Timestamps {
  /// Reads the ten bytes of the option.
  init(reading option: RawSpan) {
    self.init(value: option.uint32(at: 2), echo: option.uint32(at: 6))
  }
}
