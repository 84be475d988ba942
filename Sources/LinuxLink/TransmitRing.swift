import CLinux
import Glibc
import Link
import SystemPackage
import Wire

/// The ring of frames to be sent: we fill the slots in order, and one system call sends all that are full.
///
/// A frame that is copied once by the kernel leaves its slot at once. One that the kernel only refers to, as it does with
/// what lies behind `headerByteCount` of the virtio header, holds its slot until the last copy of it is gone.
struct TransmitRing {
  private var slots: PacketSlots
  /// The longest frame that the kernel is told to copy whole.
  private let longestCopied: Int
  /// The slot that is filled next.
  private var next = 0
  /// Slots filled since the kernel was told last, or that it did not take then.
  private(set) var waitingCount = 0
  /// Bytes of the slots filled since the kernel was told last.
  private(set) var waitingByteCount = 0
  /// Bytes of the headers in each slot, for a frame that has to be offered in another way.
  private var headerCounts: [UInt16]

  /// A ring that was just made.
  init(_ slots: PacketSlots, longestCopied: Int) {
    self.slots = slots
    self.longestCopied = longestCopied
    headerCounts = Array(repeating: 0, count: slots.layout.slotCount)
  }

  /// Whether the next slot is free.
  var hasRoom: Bool { slots.status(of: next) == UInt32(TP_STATUS_AVAILABLE) }

  /// Puts a frame into the next slot, which is free.
  mutating func append(_ frame: borrowing OutgoingFrame) {
    let count = frame.byteCount
    var virtio = VirtioHeader(frame.offload, header: frame.header)
    if count <= longestCopied { virtio.headerByteCount = UInt16(truncatingIfNeeded: count) }
    var content = slots.content(of: next)
    virtio.write(to: &content)
    var end = VirtioHeader.byteCount
    content.copy(frame.header, to: end)
    end &+= frame.header.byteCount
    end = TransmitRing.add(frame.text.0, to: &content, at: end)
    end = TransmitRing.add(frame.text.1, to: &content, at: end)
    end = TransmitRing.add(frame.text.2, to: &content, at: end)
    end = TransmitRing.add(frame.text.3, to: &content, at: end)
    headerCounts[next] = UInt16(truncatingIfNeeded: frame.header.byteCount)
    slots.setLength(end, of: next)
    slots.setStatus(UInt32(TP_STATUS_SEND_REQUEST), of: next)
    next = slots.layout.following(next)
    waitingCount += 1
    waitingByteCount += end
  }

  private static func add(_ piece: RawSpan, to content: inout MutableRawSpan, at offset: Int) -> Int {
    guard !piece.isEmpty else { return offset }
    content.copy(piece, to: offset)
    return offset &+ piece.byteCount
  }

  /// Tells the kernel to send what waits in the ring of a socket.
  /// - Returns: why it did not; nil when it did.
  mutating func kick(_ socket: Int32) -> Errno? {
    guard waitingCount > 0 else { return nil }
    waitingByteCount = 0
    guard send(socket, nil, 0, Int32(MSG_DONTWAIT)) < 0 else {
      waitingCount = 0
      return nil
    }
    let reason = lastError
    // Some may have gone before the kernel stopped.
    waitingCount = (0..<waitingCount).reduce(0) { count, back in count + (isWaiting(back) ? 1 : 0) }
    return reason
  }

  /// Offers what waits in another way: the kernel found no memory in one piece to copy it to.
  mutating func offerInPages() {
    for back in 0..<waitingCount where isWaiting(back) {
      let slot = slot(back)
      let headerCount = headerCounts[slot]
      var content = slots.content(of: slot)
      var virtio = VirtioHeader(content.bytes.extracting(first: VirtioHeader.byteCount))
      virtio.headerByteCount = headerCount
      virtio.write(to: &content)
    }
  }

  /// Takes back what waits: the interface is gone or switched off.
  /// - Returns: how many frames are lost.
  mutating func takeBack() -> Int {
    var count = 0
    while waitingCount > 0 {
      let last = slot(0)
      waitingCount -= 1
      guard slots.status(of: last) == UInt32(TP_STATUS_SEND_REQUEST) else { continue }
      slots.setStatus(UInt32(TP_STATUS_AVAILABLE), of: last)
      next = last
      count += 1
    }
    return count
  }

  private func isWaiting(_ back: Int) -> Bool {
    slots.status(of: slot(back)) == UInt32(TP_STATUS_SEND_REQUEST)
  }

  /// The slot that was filled last, and those before it.
  private func slot(_ back: Int) -> Int {
    let slot = next - 1 - back
    return slot < 0 ? slot + slots.layout.slotCount : slot
  }
}
