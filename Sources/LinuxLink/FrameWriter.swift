import Glibc
import Link
import Wire

/// Writes frames to a descriptor that expects a virtio header before each: one system call, and no text is copied here.
///
/// The frame's headers are put behind the virtio header, so that a frame without text is one piece of memory, for which the kernel
/// has a shorter way than for several.
@safe
struct FrameWriter: ~Copyable {
  /// A virtio header, headers that were not copied behind it, and four pieces of text.
  private static let pieceCount = 6
  /// Headers are copied up to here: all that a host makes, but not a frame that somebody has held back whole.
  private static let longestCopied = 256

  private let places: UnsafeMutablePointer<iovec>
  private let headers: UnsafeMutableRawBufferPointer
  private let virtioByteCount: Int

  /// Writes virtio headers of 10 or 12 bytes.
  init(virtioByteCount: Int) {
    self.virtioByteCount = virtioByteCount
    unsafe places = .allocate(capacity: FrameWriter.pieceCount)
    unsafe places.initialize(repeating: iovec(), count: FrameWriter.pieceCount)
    unsafe headers = .allocate(byteCount: virtioByteCount + FrameWriter.longestCopied, alignment: 64)
    unsafe headers.initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit {
    unsafe places.deallocate()
    unsafe headers.deallocate()
  }

  /// Writes one frame.
  /// - Returns: the bytes written, or -1 with `errno` set.
  mutating func write(_ frame: borrowing OutgoingFrame, to descriptor: borrowing Descriptor) -> Int {
    var front = unsafe MutableRawSpan(_unsafeBytes: headers)
    VirtioHeader(frame.offload, header: frame.header).write(to: &front)
    let isCopied = frame.header.byteCount <= FrameWriter.longestCopied
    if isCopied { front.copy(frame.header, to: virtioByteCount) }
    let frontCount = virtioByteCount &+ (isCopied ? frame.header.byteCount : 0)
    guard !isCopied || !frame.text.0.isEmpty else {
      return unsafe Glibc.write(descriptor.number, headers.baseAddress, frontCount)
    }
    unsafe places[0] = iovec(iov_base: headers.baseAddress, iov_len: frontCount)
    var count = 1
    if !isCopied { count &+= place(frame.header, at: count) }
    count &+= place(frame.text.0, at: count)
    count &+= place(frame.text.1, at: count)
    count &+= place(frame.text.2, at: count)
    count &+= place(frame.text.3, at: count)
    return unsafe writev(descriptor.number, places, Int32(truncatingIfNeeded: count))
  }

  /// Notes where a piece lies, if it has any bytes. It stays there, since the frame is borrowed until it is written.
  /// - Returns: how many places that took, 1 or 0.
  private func place(_ piece: RawSpan, at index: Int) -> Int {
    guard !piece.isEmpty else { return 0 }
    unsafe places[index] = unsafe piece.withUnsafeBytes { memory in
      unsafe iovec(iov_base: UnsafeMutableRawPointer(mutating: memory.baseAddress), iov_len: memory.count)
    }
    return 1
  }
}
