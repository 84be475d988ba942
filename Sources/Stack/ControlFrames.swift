import Wire

/// Frames without text of the send queue that wait to be sent: SYN-ACKs, resets, answers to ARP and echo requests.
///
/// A ring of fixed size. When it is full, a frame is dropped: each of these is asked for again by whoever misses it.
struct ControlFrames: ~Copyable {
  /// Bytes of the longest frame.
  static let longest = 1_536
  private static let capacity = 512

  private var arena = ByteArena(byteCount: ControlFrames.capacity * ControlFrames.longest)
  private var lengths: Table<UInt16>
  private var first = 0
  private var count = 0

  /// An empty ring.
  init() {
    lengths = Table(repeating: 0, count: ControlFrames.capacity)
  }

  /// Bytes that the ring takes.
  static var byteCount: Int { capacity * longest + Table<UInt16>.byteCount(capacity: capacity) }

  /// Whether nothing waits.
  var isEmpty: Bool { count == 0 }

  /// Whether another frame has a place.
  var hasRoom: Bool { count < ControlFrames.capacity }

  /// Appends a frame of a length; its bytes are to be written to the place that is returned.
  @_lifetime(&self)
  mutating func append(length: Int) -> MutableRawSpan {
    precondition(hasRoom, "the ring is full")
    let slot = (first + count) % ControlFrames.capacity
    lengths[slot] = UInt16(length)
    count += 1
    return arena.mutableBytes(at: slot * ControlFrames.longest, count: length)
  }

  /// The oldest frame; it stays until `pop`.
  @_lifetime(borrow self)
  borrowing func oldest() -> RawSpan {
    arena.bytes(at: first * ControlFrames.longest, count: Int(lengths[first]))
  }

  /// The oldest frame has been sent.
  mutating func pop() {
    precondition(count > 0, "nothing waits")
    first = (first + 1) % ControlFrames.capacity
    count -= 1
  }
}
