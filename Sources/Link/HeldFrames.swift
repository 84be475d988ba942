import Time
import Wire

/// Copies of frames whose time has not come, in a fixed number of slots.
struct HeldFrames: ~Copyable {
  private struct Slot {
    var byteCount = 0
    var due = Instant.never
    /// Frames that are still to overtake it.
    var overtakers = 0
    /// Counts up with every frame held: of frames that are due together the first goes first.
    var order: UInt64 = 0
    var checksum = ReceivedChecksum.unverified
  }

  /// Bytes of the longest frame that fits.
  let longestFrame: Int

  private let capacity: Int
  /// The last one is for a frame in transit; it is never marked as used.
  private var slots: [Slot]
  private var arena: ByteArena
  /// The slots in use as a heap: the frame that goes next stands first.
  private var heap: [Int] = []
  private var free: [Int]
  /// Frames that wait to be overtaken.
  private var waitingCount = 0
  private var lastOrder: UInt64 = 0

  /// Room for `capacity` frames of at most `longestFrame` bytes, and for one in transit.
  /// - Parameter longestTransit: bytes of the longest frame that only passes through.
  init(capacity: Int, longestFrame: Int, longestTransit: Int) {
    self.longestFrame = longestFrame
    self.capacity = capacity
    slots = Array(repeating: Slot(), count: capacity + 1)
    free = (0..<capacity).reversed()
    heap.reserveCapacity(capacity)
    arena = ByteArena(untouched: capacity * longestFrame + longestTransit)
  }

  /// When the first of them is due; `.never` when none is held.
  var earliest: Instant { heap.isEmpty ? .never : slots[heap[0]].due }

  /// Copies a frame that is in up to five pieces and fits.
  /// - Returns: the slot; nil when all are taken.
  mutating func hold(
    _ frame: borrowing OutgoingFrame, checksum: ReceivedChecksum, until due: Instant, overtakenBy overtakers: Int
  ) -> Int? {
    guard let index = free.popLast() else { return nil }
    let count = copy(frame, to: index, room: longestFrame)
    lastOrder += 1
    slots[index] = Slot(byteCount: count, due: due, overtakers: overtakers, order: lastOrder, checksum: checksum)
    if overtakers > 0 { waitingCount += 1 }
    heap.append(index)
    rise(heap.count - 1)
    return index
  }

  /// Copies a frame that goes on at once, in the place of the last such frame.
  /// - Returns: the slot; nil when the frame is longer than any device's.
  mutating func pass(_ frame: borrowing OutgoingFrame, checksum: ReceivedChecksum) -> Int? {
    let room = arena.byteCount - capacity * longestFrame
    guard frame.byteCount <= room else { return nil }
    slots[capacity] = Slot(byteCount: copy(frame, to: capacity, room: room), checksum: checksum)
    return capacity
  }

  /// Turns over the bit of a held frame that `place` picks behind the Ethernet header.
  /// - Returns: false when the frame carries no IP packet, and was left alone.
  mutating func corrupt(_ index: Int, at place: UInt64) -> Bool {
    let count = slots[index].byteCount - EthernetHeader.byteCount
    guard count > 0 else { return false }
    let bit = Int(place % UInt64(count * 8))
    let offset = EthernetHeader.byteCount + bit / 8
    var memory = arena.mutableBytes(at: index * longestFrame, count: longestFrame)
    let type = EtherType(memory.bytes.uint16(at: 12))
    guard type == .ipv4 || type == .ipv6 else { return false }
    memory.store(memory.bytes.byte(at: offset) ^ 1 << UInt8(bit % 8), at: offset)
    slots[index].checksum = .unverified
    return true
  }

  /// Notes that another frame has passed those that wait to be overtaken.
  mutating func overtake(at now: Instant) {
    guard waitingCount > 0 else { return }
    for place in heap.indices where slots[heap[place]].overtakers > 0 {
      slots[heap[place]].overtakers -= 1
      guard slots[heap[place]].overtakers == 0 else { continue }
      waitingCount -= 1
      slots[heap[place]].due = now
    }
    // Several may be due now: the heap is made anew.
    for place in heap.indices { rise(place) }
  }

  /// The slot of the frame that goes next, if one is due.
  func firstDue(at now: Instant) -> Int? {
    earliest <= now ? heap.first : nil
  }

  /// The frame in a slot.
  @_lifetime(borrow self)
  borrowing func frame(in index: Int) -> ReceivedFrame {
    let bytes = arena.bytes(at: index * longestFrame, count: slots[index].byteCount)
    return ReceivedFrame(bytes: bytes, checksum: slots[index].checksum)
  }

  /// Gives the slot back that `firstDue` has named. Its bytes stay until the next frame is held.
  mutating func release(_ index: Int) {
    precondition(heap.first == index, "frames leave in their order")
    if slots[index].overtakers > 0 { waitingCount -= 1 }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    free.append(index)
  }

  /// Whether the frame at one place of the heap goes before that at another.
  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    let (left, right) = (slots[heap[left]], slots[heap[right]])
    return left.due != right.due ? left.due < right.due : left.order < right.order
  }

  private mutating func rise(_ place: Int) {
    var place = place
    while place > 0, isBefore(place, (place - 1) / 2) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func sink() {
    var place = 0
    while true {
      var first = place
      for child in (2 * place + 1)...(2 * place + 2) where child < heap.count && isBefore(child, first) {
        first = child
      }
      guard first != place else { return }
      heap.swapAt(place, first)
      place = first
    }
  }

  private mutating func copy(_ frame: borrowing OutgoingFrame, to index: Int, room: Int) -> Int {
    var memory = arena.mutableBytes(at: index * longestFrame, count: room)
    var end = HeldFrames.append(frame.header, to: &memory, at: 0)
    end = HeldFrames.append(frame.text.0, to: &memory, at: end)
    end = HeldFrames.append(frame.text.1, to: &memory, at: end)
    end = HeldFrames.append(frame.text.2, to: &memory, at: end)
    return HeldFrames.append(frame.text.3, to: &memory, at: end)
  }

  private static func append(_ piece: RawSpan, to memory: inout MutableRawSpan, at offset: Int) -> Int {
    memory.copy(piece, to: offset)
    return offset + piece.byteCount
  }
}
