import Wire

/// Memory for response heads from the moment they are composed until they are acknowledged: places of a fixed size.
///
/// A head that is sent again is the same bytes again, with the date of the first time.
package struct HeadPool: ~Copyable {
  /// Bytes of the longest head, together with the body of an answer that is made here.
  package static let longest = 1_024

  private var arena: ByteArena
  private var lengths: Table<UInt16>
  private var sums: Table<InternetChecksum>
  /// How many responses, and memories of one, a head is held by.
  private var holders: Table<UInt32>
  private var free: Table<UInt32>

  /// A pool of so many places.
  package init(capacity: Int) {
    arena = ByteArena(untouched: max(capacity, 1) * HeadPool.longest)
    lengths = Table(repeating: 0, count: max(capacity, 1))
    sums = Table(repeating: .zero, count: max(capacity, 1))
    holders = Table(repeating: 0, count: max(capacity, 1))
    free = Table(capacity: max(capacity, 1))
    for place in (0..<UInt32(max(capacity, 1))).reversed() { free.append(place) }
  }

  /// Bytes that so many places take.
  static func byteCount(capacity: Int) -> Int {
    let capacity = max(capacity, 1)
    return capacity * longest + Table<UInt16>.byteCount(capacity: capacity)
      + Table<InternetChecksum>.byteCount(capacity: capacity) + 2 * Table<UInt32>.byteCount(capacity: capacity)
  }

  /// Bytes of a head without a body that was made with it.
  func headCount(of place: Int) -> Int {
    let bytes = bytes(of: place, at: 0, count: length(of: place))
    var offset = 0
    while offset &+ 4 <= bytes.byteCount {
      if bytes.littleEndianUInt32(at: offset) == 0x0A0D_0A0D { return offset &+ 4 }
      offset &+= 1
    }
    return bytes.byteCount
  }

  /// How many places are free.
  package var available: Int { free.count }

  /// Heads in use.
  package var count: Int { lengths.count - free.count }

  /// Takes a free place, for one holder.
  mutating func allocate() -> Int? {
    guard let place = free.popLast() else { return nil }
    holders[Int(place)] = 1
    return Int(place)
  }

  /// Adds a holder of a head, which is not changed any more.
  mutating func retain(_ place: Int) {
    holders[place] += 1
  }

  /// A holder is done with a place, which is free again after the last of them.
  mutating func release(_ place: Int) {
    holders[place] -= 1
    if holders[place] == 0 { free.append(UInt32(place)) }
  }

  /// Puts a head at a place, and remembers its sum.
  mutating func store(_ head: RawSpan, at place: Int) {
    var target = arena.mutableBytes(at: place * HeadPool.longest, count: HeadPool.longest)
    target.copy(head, to: 0)
    lengths[place] = UInt16(head.byteCount)
    sums[place] = InternetChecksum(summing: head)
  }

  /// Bytes of the head at a place.
  func length(of place: Int) -> Int { Int(lengths[place]) }

  /// Part of the head at a place.
  @_lifetime(borrow self)
  borrowing func bytes(of place: Int, at offset: Int, count: Int) -> RawSpan {
    arena.bytes(at: place * HeadPool.longest + offset, count: count)
  }

  /// The sum of part of the head at a place.
  func sum(of place: Int, at offset: Int, count: Int) -> InternetChecksum {
    if offset == 0, count == length(of: place) { return sums[place] }
    return InternetChecksum(summing: bytes(of: place, at: offset, count: count))
  }
}
