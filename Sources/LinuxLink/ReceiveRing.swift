import CLinux
import Link
import Wire

/// The ring of received frames: the kernel fills the slots in order, we hand each back when we have seen it.
struct ReceiveRing {
  /// How often in a row nothing is found before the ring is searched for frames that were passed over.
  static let patience = 256

  /// The most frames that are fetched from the other core's cache side by side.
  private static let longestRun = 8

  private let slots: PacketSlots
  /// The slot that is looked at next.
  private var next = 0
  /// Slots from there on that are known to be filled.
  private var filledCount = 0
  /// The slot whose frame was given out.
  private var held: Int?
  private var emptyCount = 0
  /// The slot that a search found ready, at the last search.
  private var suspect: Int?

  /// Frames that were longer than a slot, or not whole.
  private(set) var cutCount: UInt64 = 0
  /// How often the ring had come out of step and was set right.
  private(set) var stallCount: UInt64 = 0

  /// A ring that was just made: the kernel begins with its first slot.
  init(_ slots: PacketSlots) {
    self.slots = slots
  }

  /// The slot of the next frame, which is ours until the next call; nil when none has come.
  mutating func advance() -> Int? {
    if let held {
      slots.setStatus(UInt32(TP_STATUS_KERNEL), of: held)
      self.held = nil
    }
    while isNextFilled() {
      let slot = next
      next = slots.layout.following(slot)
      filledCount &-= 1
      emptyCount = 0
      guard isWhole(slots.header(of: slot)) else {
        cutCount &+= 1
        slots.setStatus(UInt32(TP_STATUS_KERNEL), of: slot)
        continue
      }
      held = slot
      return slot
    }
    emptyCount += 1
    if emptyCount == ReceiveRing.patience { search() }
    return nil
  }

  /// Whether a frame has come. Those behind it that have come, too, are counted and begun to be read: whoever looks at one
  /// only when it is done with the one before waits for every cache line that the kernel wrote on another core.
  @inline(__always)
  private mutating func isNextFilled() -> Bool {
    if filledCount == 0 { fetch() }
    return filledCount > 0
  }

  private mutating func fetch() {
    var slot = next
    while filledCount < ReceiveRing.longestRun, slots.status(of: slot) & UInt32(TP_STATUS_USER) != 0 {
      slots.fetchFront(of: slot)
      filledCount &+= 1
      slot = slots.layout.following(slot)
    }
  }

  /// The frame in a slot that `advance` gave.
  @_lifetime(borrow self)
  borrowing func frame(in slot: Int) -> ReceivedFrame {
    let header = slots.header(of: slot)
    let start = Int(header.tp_mac)
    let before = start - VirtioHeader.byteCount
    let virtio = VirtioHeader(slots.bytes(of: slot, at: before, count: VirtioHeader.byteCount))
    return ReceivedFrame(
      bytes: slots.bytes(of: slot, at: start, count: Int(header.tp_snaplen)), checksum: virtio.checksum)
  }

  private func isWhole(_ header: tpacket2_hdr) -> Bool {
    let (start, count) = (Int(header.tp_mac), Int(header.tp_snaplen))
    return header.tp_len == header.tp_snaplen && start >= 32 + VirtioHeader.byteCount
      && start + count <= slots.layout.slotByteCount
  }

  /// Looks for a frame behind a slot that stays empty. Kernels before 5.6 can pass over a slot when the ring runs full
  /// on several processors; without this, nothing would come any more while the socket is always readable.
  ///
  /// A slot that is found twice, so long apart, is not waiting for the one before it to be filled.
  private mutating func search() {
    emptyCount = 0
    let count = slots.layout.slotCount
    let ready = (1..<count).map { ahead in (next + ahead) % count }.first { slot in
      slots.status(of: slot) & UInt32(TP_STATUS_USER) != 0
    }
    if let ready, ready == suspect {
      next = ready
      stallCount &+= 1
      suspect = nil
    } else {
      suspect = ready
    }
  }
}
