import CLinux
import Glibc
import Synchronization

/// The memory of a socket's rings, shared with the kernel and unmapped with its owner.
@safe
struct PacketMemory: ~Copyable {
  private let start: UnsafeMutableRawPointer
  private let byteCount: Int

  /// Maps the rings of a socket, which have so many bytes.
  init(mapping socket: borrowing Descriptor, byteCount: Int) throws(SystemError) {
    try self.init(byteCount, flags: MAP_SHARED, descriptor: socket.number)
  }

  /// Rings without a kernel behind them, for tests.
  init(alone byteCount: Int) throws(SystemError) {
    try self.init(byteCount, flags: MAP_PRIVATE | Int32(MAP_ANONYMOUS), descriptor: -1)
  }

  private init(_ byteCount: Int, flags: Int32, descriptor: Int32) throws(SystemError) {
    let memory = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      throw SystemError("map the rings of a packet socket", lastError)
    }
    self.byteCount = byteCount
    unsafe start = memory
  }

  deinit {
    _ = unsafe munmap(start, byteCount)
  }

  /// The slots of a ring that begins so many bytes into the memory, valid as long as the memory; traps where it is not in it.
  func slots(of layout: PacketRingLayout, at offset: Int = 0) -> PacketSlots {
    precondition(offset >= 0 && offset <= byteCount - layout.byteCount, "outside the memory of the rings")
    return unsafe PacketSlots(start: start + offset, layout: layout)
  }
}

/// The slots of one ring: each begins with a `tpacket2_hdr`, whose status says whose turn it is.
@safe
struct PacketSlots {
  /// Where the content of a slot begins that is to be sent (`TPACKET_ALIGN(sizeof(struct tpacket2_hdr))`).
  static let transmitOffset = 32

  private let start: UnsafeMutableRawPointer
  /// How the ring is divided.
  let layout: PacketRingLayout

  /// The slots in memory that outlives them.
  @unsafe
  init(start: UnsafeMutableRawPointer, layout: PacketRingLayout) {
    unsafe self.start = start
    self.layout = layout
  }

  /// The status of a slot. What the other side wrote before is seen after it.
  func status(of slot: Int) -> UInt32 {
    unsafe place(of: slot).assumingMemoryBound(to: Atomic<UInt32>.self).pointee.load(ordering: .acquiring)
  }

  /// Hands a slot to the other side. What was written before is seen there after it.
  func setStatus(_ status: UInt32, of slot: Int) {
    unsafe place(of: slot).assumingMemoryBound(to: Atomic<UInt32>.self).pointee.store(status, ordering: .releasing)
  }

  /// Reads from the second and third cache line of a slot, which a short frame fills behind the status and the lengths, so
  /// that the processor fetches them.
  func fetchFront(of slot: Int) {
    // Atomic, since a load whose value nobody wants is left out otherwise.
    for offset in [64, 128] {
      let word = unsafe (place(of: slot) + offset).assumingMemoryBound(to: Atomic<UInt32>.self)
      _ = unsafe word.pointee.load(ordering: .relaxed)
    }
  }

  /// What stands at the front of a slot.
  func header(of slot: Int) -> tpacket2_hdr {
    unsafe place(of: slot).loadUnaligned(as: tpacket2_hdr.self)
  }

  /// Sets the length of the content of a slot.
  func setLength(_ length: Int, of slot: Int) {
    unsafe place(of: slot).storeBytes(of: UInt32(truncatingIfNeeded: length), toByteOffset: 4, as: UInt32.self)
  }

  /// Sets what the kernel says of a frame that it has received; for tests.
  func setReceived(start offset: Int, count: Int, length: Int, of slot: Int) {
    let place = unsafe place(of: slot)
    unsafe place.storeBytes(of: UInt32(truncatingIfNeeded: length), toByteOffset: 4, as: UInt32.self)
    unsafe place.storeBytes(of: UInt32(truncatingIfNeeded: count), toByteOffset: 8, as: UInt32.self)
    unsafe place.storeBytes(of: UInt16(truncatingIfNeeded: offset), toByteOffset: 12, as: UInt16.self)
  }

  /// Bytes of a slot; traps outside.
  @_lifetime(borrow self)
  func bytes(of slot: Int, at offset: Int, count: Int) -> RawSpan {
    precondition(offset >= 0 && count >= 0 && offset <= layout.slotByteCount &- count, "outside the slot")
    let span = unsafe RawSpan(_unsafeStart: place(of: slot) + offset, byteCount: count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// What may be written of a slot that is to be sent.
  @_lifetime(&self)
  mutating func content(of slot: Int) -> MutableRawSpan {
    let count = layout.slotByteCount - PacketSlots.transmitOffset
    let span = unsafe MutableRawSpan(_unsafeStart: place(of: slot) + PacketSlots.transmitOffset, byteCount: count)
    return unsafe _overrideLifetime(span, mutating: &self)
  }

  @unsafe
  private func place(of slot: Int) -> UnsafeMutableRawPointer {
    precondition(slot >= 0 && slot < layout.slotCount, "no such slot")
    return unsafe start + layout.offset(of: slot)
  }
}
