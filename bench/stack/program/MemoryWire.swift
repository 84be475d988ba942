import Link
import Wire

/// A wire in memory: what the client lays on it is received in one turn, and what the server sends is noted.
///
/// A frame that is sent is not copied, as a card with its own memory access does not let the processor copy it either:
/// its headers are kept and its text is counted. A wire that checks copies the frame, to be looked at as a whole.
struct MemoryWire: ~Copyable, LinkDevice {
  /// Bytes between the beginnings of frames on the wire.
  static let stride = 2_048
  /// The most frames in one direction at once.
  static let capacity = 1_024
  /// Bytes of Ethernet, Internet and TCP headers without options.
  static let headerCount = 54

  let properties: LinkProperties
  private(set) var counters = LinkCounters()

  /// What was sent and not yet taken by the client.
  private(set) var sentCount = 0
  private let isChecked: Bool
  private var incoming = ByteArena(byteCount: MemoryWire.capacity * MemoryWire.stride)
  private var outgoing = ByteArena(byteCount: MemoryWire.capacity * MemoryWire.stride)
  private var lengths: [Int]
  private var sentLengths: [Int]
  private var count = 0
  private var position = 0

  /// A wire to a station that neither finishes checksums nor cuts frames, or one that does both.
  init(offload: Bool, isChecked: Bool) {
    self.isChecked = isChecked
    properties = LinkProperties(
      address: MACAddress(0x02_00_00_00_00_09), mtu: 1_500, finishesChecksums: offload,
      largestSuperSegment: offload ? 65_455 : 0)
    lengths = Array(repeating: 0, count: MemoryWire.capacity)
    sentLengths = Array(repeating: 0, count: MemoryWire.capacity)
  }

  @_lifetime(&self)
  mutating func receive() -> ReceivedFrame? {
    guard position < count else { return nil }
    let index = position
    position &+= 1
    counters.framesIn &+= 1
    let checksum: ReceivedChecksum = properties.finishesChecksums ? .vouchedFor : .unverified
    return ReceivedFrame(
      bytes: incoming.bytes(at: index &* MemoryWire.stride, count: lengths[index]), checksum: checksum)
  }

  mutating func transmit(_ frame: borrowing OutgoingFrame) -> Bool {
    guard sentCount < MemoryWire.capacity else { return false }
    let place = sentCount &* MemoryWire.stride
    outgoing.copy(frame.header, to: place)
    sentLengths[sentCount] = frame.byteCount
    if isChecked { copyText(frame, to: place + frame.header.byteCount) }
    sentCount &+= 1
    counters.framesOut &+= 1
    return true
  }

  mutating func flush() {}

  private mutating func copyText(_ frame: borrowing OutgoingFrame, to place: Int) {
    outgoing.copy(frame.text.0, to: place)
    outgoing.copy(frame.text.1, to: place + frame.text.0.byteCount)
    outgoing.copy(frame.text.2, to: place + frame.text.0.byteCount + frame.text.1.byteCount)
  }

  /// Whether nothing is on its way to the server.
  var isIdle: Bool { position == count }

  /// The place of the next frame to the server, to be filled.
  @_lifetime(&self)
  mutating func place(count length: Int) -> MutableRawSpan {
    if position == count {
      position = 0
      count = 0
    }
    precondition(count < MemoryWire.capacity, "the wire is full")
    lengths[count] = length
    count &+= 1
    return incoming.mutableBytes(at: (count &- 1) &* MemoryWire.stride, count: length)
  }

  /// A frame that was sent: its headers, and its text if the wire checks.
  @_lifetime(borrow self)
  borrowing func sent(_ index: Int) -> RawSpan {
    outgoing.bytes(at: index &* MemoryWire.stride, count: isChecked ? sentLengths[index] : MemoryWire.headerCount)
  }

  /// Bytes of a frame that was sent.
  borrowing func sentLength(_ index: Int) -> Int { sentLengths[index] }

  /// The client has taken what was sent.
  mutating func clearSent() { sentCount = 0 }
}
