import CLinux
import Glibc
import Link
import SystemPackage
import Wire

/// Frames to be sent as messages, all that wait with one system call (`sendmmsg(2)`): the kernel copies each once, from where
/// its pieces lie.
///
/// Headers are copied here, since those of the next frame are written over them, and so is short text behind them: a piece more
/// costs the kernel more than a short copy. Longer text is referred to.
@safe
struct TransmitMessages: ~Copyable {
  /// Messages that wait at most.
  static let capacity = 64
  /// Bytes for a virtio header and what is copied behind it: a frame of the usual MTU. An odd number of cache lines, so that
  /// the fronts of all stores do not compete for the same places of the processor's cache.
  static let storeByteCount = 1_600
  /// The pieces of a message: what is in its store, headers that are longer than that, and four pieces of text.
  private static let pieceCount = 6

  private let stores: UnsafeMutableRawPointer
  private let pieces: UnsafeMutablePointer<iovec>
  private let messages: UnsafeMutablePointer<clinux_message>
  /// The longest frame that the kernel copies into one piece of memory.
  private let longestWhole: Int
  /// Bytes of the headers of each message, for one that has to be offered in another way.
  private var headerCounts: [UInt16]
  private var waitingCount = 0
  /// Bytes that wait.
  private(set) var waitingByteCount = 0
  /// Whether what waits has to be sent before anything else happens: no more can wait, or headers too long to be copied here
  /// are referred to.
  private(set) var mustGo = false

  /// Room for frames, none of which waits.
  /// - Parameter longestWhole: the longest frame that the kernel is told to copy into one piece of memory; longer ones go into
  ///   several, which a card can fetch.
  init(longestWhole: Int) {
    let capacity = TransmitMessages.capacity
    unsafe stores = .allocate(byteCount: capacity * TransmitMessages.storeByteCount, alignment: 64)
    unsafe stores.initializeMemory(as: UInt8.self, repeating: 0, count: capacity * TransmitMessages.storeByteCount)
    unsafe pieces = .allocate(capacity: capacity * TransmitMessages.pieceCount)
    unsafe pieces.initialize(repeating: iovec(), count: capacity * TransmitMessages.pieceCount)
    unsafe messages = .allocate(capacity: capacity)
    unsafe messages.initialize(repeating: clinux_message(), count: capacity)
    self.longestWhole = longestWhole
    headerCounts = Array(repeating: 0, count: capacity)
    for index in 0..<capacity {
      let place = unsafe pieces + index * TransmitMessages.pieceCount
      unsafe place.pointee.iov_base = stores + index * TransmitMessages.storeByteCount
      unsafe messages[index].header.msg_iov = place
    }
  }

  deinit {
    unsafe stores.deallocate()
    unsafe pieces.deallocate()
    unsafe messages.deallocate()
  }

  /// Takes a frame; traps where as many wait as can. Its text has to stay as it is until `send`, and its headers as well where
  /// `mustGo` is true then.
  mutating func append(_ frame: borrowing OutgoingFrame) {
    precondition(waitingCount < TransmitMessages.capacity, "no room for a message")
    let count = frame.byteCount
    var virtio = VirtioHeader(frame.offload, header: frame.header)
    // What it calls headers is copied into one piece.
    if count <= longestWhole { virtio.headerByteCount = UInt16(clamping: count) }
    headerCounts[waitingCount] = UInt16(truncatingIfNeeded: frame.header.byteCount)
    let first = waitingCount &* TransmitMessages.pieceCount
    var next = first &+ 1
    var end = begin(virtio)
    if !copy(frame.header, to: &end) {
      next &+= refer(to: frame.header, at: next)
      mustGo = true
    }
    add(frame.text.0, behind: &end, or: &next, first)
    add(frame.text.1, behind: &end, or: &next, first)
    add(frame.text.2, behind: &end, or: &next, first)
    add(frame.text.3, behind: &end, or: &next, first)
    unsafe pieces[first].iov_len = end
    unsafe messages[waitingCount].header.msg_iovlen = next &- first
    waitingCount &+= 1
    waitingByteCount &+= count
    if waitingCount == TransmitMessages.capacity { mustGo = true }
  }

  /// Writes the virtio header of the next message into its store.
  /// - Returns: where it ends.
  private mutating func begin(_ virtio: VirtioHeader) -> Int {
    var store = store(waitingCount)
    virtio.write(to: &store)
    return VirtioHeader.byteCount
  }

  /// Copies a piece into the store of the next message.
  /// - Returns: whether there was room for it.
  private mutating func copy(_ piece: RawSpan, to end: inout Int) -> Bool {
    guard piece.byteCount <= TransmitMessages.storeByteCount &- end else { return false }
    var store = store(waitingCount)
    store.copy(piece, to: end)
    end &+= piece.byteCount
    return true
  }

  /// Copies a piece of text if all before it are copied and there is room, and refers to it otherwise.
  private mutating func add(_ piece: RawSpan, behind end: inout Int, or next: inout Int, _ first: Int) {
    if next == first &+ 1, copy(piece, to: &end) { return }
    next &+= refer(to: piece, at: next)
  }

  /// Notes where a piece lies, if it has any bytes.
  /// - Returns: how many places that took, 1 or 0.
  private func refer(to piece: RawSpan, at index: Int) -> Int {
    guard !piece.isEmpty else { return 0 }
    unsafe pieces[index] = unsafe piece.withUnsafeBytes { memory in
      unsafe iovec(iov_base: UnsafeMutableRawPointer(mutating: memory.baseAddress), iov_len: memory.count)
    }
    return 1
  }
}

extension TransmitMessages {
  /// Sends all that wait through a socket.
  /// - Returns: how many frames it did not take. They are lost, as in any full queue.
  mutating func send(to socket: Int32) -> Int {
    var next = 0
    var lostCount = 0
    var isInPages = false
    while next < waitingCount {
      let result = unsafe clinux_send_messages(socket, messages + next, UInt32(waitingCount - next))
      if result > 0 {
        next += Int(result)
        isInPages = false
        continue
      }
      let reason = Errno(rawValue: -result)
      if reason == .interrupted { continue }
      if !isInPages, reason == .noBufferSpace || reason == .noMemory {
        offerInPages(next)
        isInPages = true
      } else {
        next += 1
        lostCount += 1
        isInPages = false
      }
    }
    waitingCount = 0
    waitingByteCount = 0
    mustGo = false
    return lostCount
  }

  /// Offers a message in another way: the kernel has found no memory in one piece to copy it to. What its virtio header calls
  /// headers is what has to be in one piece.
  private mutating func offerInPages(_ index: Int) {
    let headerCount = headerCounts[index]
    var store = store(index)
    var virtio = VirtioHeader(store.bytes)
    virtio.headerByteCount = headerCount
    virtio.write(to: &store)
  }

  /// The store of a message.
  @_lifetime(&self)
  private mutating func store(_ index: Int) -> MutableRawSpan {
    let start = unsafe stores + index &* TransmitMessages.storeByteCount
    let span = unsafe MutableRawSpan(_unsafeStart: start, byteCount: TransmitMessages.storeByteCount)
    return unsafe _overrideLifetime(span, mutating: &self)
  }
}
