import Glibc
import Link
import Wire

/// Writes frames to a descriptor that expects a virtio header before each: one `writev`, and no byte is copied here.
@safe
struct FrameWriter: ~Copyable {
  /// A virtio header, the frame's headers and four pieces of text.
  private static let pieceCount = 6

  private let places: UnsafeMutablePointer<iovec>
  private let virtio: UnsafeMutableRawBufferPointer

  /// Writes virtio headers of 10 or 12 bytes.
  init(virtioByteCount: Int) {
    unsafe places = .allocate(capacity: FrameWriter.pieceCount)
    unsafe places.initialize(repeating: iovec(), count: FrameWriter.pieceCount)
    unsafe virtio = .allocate(byteCount: virtioByteCount, alignment: 8)
    unsafe virtio.initializeMemory(as: UInt8.self, repeating: 0)
    unsafe places[0] = iovec(iov_base: virtio.baseAddress, iov_len: virtio.count)
  }

  deinit {
    unsafe places.deallocate()
    unsafe virtio.deallocate()
  }

  /// Writes one frame.
  /// - Returns: the bytes written, or -1 with `errno` set.
  mutating func write(_ frame: borrowing OutgoingFrame, to descriptor: borrowing Descriptor) -> Int {
    var header = unsafe MutableRawSpan(_unsafeBytes: virtio)
    VirtioHeader(frame.offload, header: frame.header).write(to: &header)
    var count = 1
    count &+= place(frame.header, at: count)
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
