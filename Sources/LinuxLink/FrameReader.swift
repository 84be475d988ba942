import Glibc
import Link
import Wire

/// Reads frames from a descriptor that puts a virtio header before each: one `read`, into memory that is used again.
struct FrameReader: ~Copyable {
  /// Bytes of the longest frame: 64 KiB of packet behind an Ethernet header with two VLAN tags.
  private static let longestFrame = 65_536 + 14 + 8

  private let virtioByteCount: Int
  private var memory: ByteArena

  /// Reads virtio headers of 10 or 12 bytes.
  init(virtioByteCount: Int) {
    self.virtioByteCount = virtioByteCount
    memory = ByteArena(byteCount: virtioByteCount + FrameReader.longestFrame)
  }

  /// Reads the next frame.
  /// - Returns: its bytes without the virtio header, or -1 with `errno` set.
  mutating func read(from descriptor: borrowing Descriptor) -> Int {
    let number = descriptor.number
    var bytes = memory.mutableBytes(at: 0, count: memory.byteCount)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, $0.count) }
    return count < virtioByteCount ? min(count, 0) : count &- virtioByteCount
  }

  /// The frame that was read last, of `count` bytes.
  @_lifetime(borrow self)
  borrowing func frame(of count: Int) -> ReceivedFrame {
    let header = VirtioHeader(memory.bytes(at: 0, count: virtioByteCount))
    return ReceivedFrame(bytes: memory.bytes(at: virtioByteCount, count: count), checksum: header.checksum)
  }
}
