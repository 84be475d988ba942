import TCP
import Wire

/// Memory for text that cannot be consumed at once: parts of requests, text out of order, requests that wait for the disk.
///
/// Each buffer holds one connection's whole receive window. Few connections need one at a time.
package struct ReceiveBuffers: ~Copyable {
  private var arena: ByteArena
  private var free: Table<UInt32>
  /// Whose text each buffer holds: a connection's place.
  private var owners: Table<UInt32>
  /// Those in use, from the one that was taken first to the last.
  private var taken: IndexList

  private let size: Int

  /// So many buffers of `size` bytes.
  init(count: Int, size: Int) {
    self.size = size
    arena = ByteArena(untouched: max(count, 1) * size)
    free = Table(capacity: max(count, 1))
    for place in (0..<UInt32(max(count, 1))).reversed() { free.append(place) }
    owners = Table(repeating: 0, count: max(count, 1))
    taken = IndexList(lists: 1, capacity: max(count, 1))
  }

  /// Bytes that so many buffers of `size` bytes take.
  static func byteCount(count: Int, size: Int) -> Int {
    let count = max(count, 1)
    return count * size + 2 * Table<UInt32>.byteCount(capacity: count) + IndexList.byteCount(lists: 1, capacity: count)
  }

  /// How many are free.
  package var available: Int { free.count }

  /// Takes a free buffer for the connection at a place.
  mutating func allocate(for owner: Int) -> UInt32? {
    guard let buffer = free.popLast() else { return nil }
    owners[Int(buffer)] = UInt32(owner)
    taken.append(Int(buffer), to: 0)
    return buffer
  }

  /// Gives a buffer back.
  mutating func release(_ buffer: UInt32) {
    taken.remove(Int(buffer))
    free.append(buffer)
  }

  /// The place of the connection whose buffer was taken first; nil when all are free.
  var oldestOwner: Int? { taken.first(of: 0).map { Int(owners[$0]) } }

  /// Counts a buffer as if it was taken just now.
  mutating func renew(_ buffer: UInt32) {
    taken.remove(Int(buffer))
    taken.append(Int(buffer), to: 0)
  }

  /// The first `count` bytes of a buffer.
  @_lifetime(borrow self)
  borrowing func bytes(of buffer: UInt32, count: Int) -> RawSpan {
    arena.bytes(at: Int(buffer) * size, count: count)
  }

  /// Puts text at its place; what would lie beyond the buffer was outside the window and is not there.
  mutating func store(_ text: RawSpan, in buffer: UInt32, at offset: Int) {
    var target = arena.mutableBytes(at: Int(buffer) * size, count: size)
    target.copy(text, to: offset)
  }

  /// Drops the first `count` of the `held` bytes that are in use; the others move to the front.
  mutating func dropFirst(_ count: Int, of buffer: UInt32, held: Int) {
    let start = Int(buffer) * size
    arena.move(from: start + count, to: start, count: min(held, size) - count)
  }
}
