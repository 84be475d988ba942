import Wire

/// What the fuzzer has made up, read a byte at a time; zeros behind its end.
struct Story: ~Escapable {
  /// All of it.
  let bytes: RawSpan
  /// Where the next byte stands.
  private(set) var position = 0

  /// A story from its beginning.
  @_lifetime(copy bytes)
  init(_ bytes: RawSpan) {
    self.bytes = bytes
  }

  /// Whether nothing is left.
  var isOver: Bool { position >= bytes.byteCount }

  /// The next byte.
  mutating func next() -> UInt8 {
    guard !isOver else { return 0 }
    position += 1
    return bytes.byte(at: position - 1)
  }

  /// The next two bytes as a number.
  mutating func next16() -> UInt16 { UInt16(next()) << 8 | UInt16(next()) }

  /// The next bytes as they are, as many of `count` as there are.
  @_lifetime(copy self)
  mutating func take(_ count: Int) -> RawSpan {
    let end = min(position + count, bytes.byteCount)
    let taken = bytes.extracting(position..<end)
    position = end
    return taken
  }
}
