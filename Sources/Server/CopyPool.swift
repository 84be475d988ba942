import Wire

/// Memory for copies of text from the moment it is queued until it is acknowledged: a send buffer, as a kernel's TCP has
/// one. Text needs none, since it can be sent again out of the cache; this is there to measure what it costs.
struct CopyPool: ~Copyable {
  private var arena: ByteArena
  private let size: Int
  private var free: [UInt32]

  /// A pool of so many places of `size` bytes each; it may have none.
  init(count: Int, size: Int) {
    arena = ByteArena(untouched: max(count * size, 1))
    self.size = size
    free = (0..<UInt32(count)).reversed()
  }

  /// Bytes that so many places of `size` bytes take.
  static func byteCount(count: Int, size: Int) -> Int { count * (size + MemoryLayout<UInt32>.stride) }

  /// How many places are free.
  var available: Int { free.count }

  /// Copies text, which fits into a place.
  /// - Returns: its place; nil when none is free.
  mutating func store(_ text: RawSpan) -> Int? {
    guard let place = free.popLast() else { return nil }
    arena.copy(text, to: Int(place) * size)
    return Int(place)
  }

  /// Gives a place back.
  mutating func release(_ place: Int) {
    free.append(UInt32(place))
  }

  /// Part of the text at a place.
  @_lifetime(borrow self)
  borrowing func bytes(of place: Int, at offset: Int, count: Int) -> RawSpan {
    arena.bytes(at: place * size + offset, count: count)
  }
}
