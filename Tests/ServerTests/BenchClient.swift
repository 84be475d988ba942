import TestKit

/// The client's side of one connection to an engine on the bench, over a wire that loses nothing.
struct BenchClient {
  /// The client's port.
  let port: UInt16
  /// Bytes that the server has sent.
  var received: [UInt8] = []
  /// Whether the server has closed its side.
  var isClosed = false
  /// Whether the server has reset the connection.
  var isReset = false
  /// Whether the client acknowledges nothing.
  var isSilent = false
  /// How many bytes the client takes altogether, for now: its window closes with the last of them.
  var allowance = Int.max
  /// Whether the handshake is complete.
  var isOpen = false
  /// Whether the client has closed its side.
  private(set) var hasFinished = false

  /// The next number to be sent.
  private var next: UInt32 = 7_000
  /// The next number expected.
  private var expected: UInt32 = 0
  /// Whether something is to be acknowledged.
  private var owesAcknowledgment = false

  init(port: UInt16) {
    self.port = port
  }

  /// The first segment.
  mutating func syn() -> PeerSegment {
    var segment = PeerSegment(sequence: next, flags: .syn)
    segment.sourcePort = port
    segment.options = [2, 4, 0x05, 0xB4]
    next += 1
    return segment
  }

  /// A segment with text.
  mutating func text(_ bytes: ArraySlice<UInt8>) -> PeerSegment {
    var segment = segment([.psh, .ack])
    segment.text = bytes
    next &+= UInt32(bytes.count)
    return segment
  }

  /// A segment with text, and with the FIN behind it.
  mutating func lastText(_ bytes: ArraySlice<UInt8>) -> PeerSegment {
    var segment = text(bytes)
    segment.flags.insert(.fin)
    next &+= 1
    hasFinished = true
    return segment
  }

  /// The last bytes of the text were not taken, and are not sent again: what comes next stands in their place.
  mutating func takeBack(_ count: Int) {
    next &-= UInt32(count)
  }

  /// The client closes its side.
  mutating func fin() -> PeerSegment {
    hasFinished = true
    defer { next &+= 1 }
    return segment([.fin, .ack])
  }

  /// The client resets the connection.
  mutating func rst() -> PeerSegment { segment([.rst, .ack]) }

  /// What acknowledges everything that has arrived; nil when nothing has since the last.
  mutating func acknowledgment() -> PeerSegment? {
    owesAcknowledgment && !isSilent ? segment(.ack) : nil
  }

  /// A segment that says nothing but how much the client takes.
  mutating func windowUpdate() -> PeerSegment { segment(.ack) }

  /// Takes in a segment of the server.
  mutating func receive(_ segment: SentSegment) throws {
    if segment.flags.contains(.rst) {
      isReset = true
      return
    }
    if segment.flags.contains(.syn) {
      expected = segment.sequence &+ 1
      isOpen = true
      owesAcknowledgment = true
      return
    }
    guard !segment.text.isEmpty || segment.flags.contains(.fin) else { return }
    owesAcknowledgment = true
    // What is sent once more because it was not acknowledged in time.
    if segment.end &- expected &- 1 >= 1 << 31 { return }
    try require(segment.sequence == expected, "the server sent \(segment.sequence) where \(expected) was next")
    received += segment.text
    expected = segment.end
    if segment.flags.contains(.fin) { isClosed = true }
  }

  private mutating func segment(_ flags: PeerSegment.Flags) -> PeerSegment {
    var segment = PeerSegment(sequence: next, flags: flags)
    segment.sourcePort = port
    segment.acknowledgment = expected
    segment.window = UInt16(clamping: allowance - received.count)
    owesAcknowledgment = false
    return segment
  }
}
