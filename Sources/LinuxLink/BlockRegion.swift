import Glibc

/// Memory that blocks are read into: frames of 65,536 bytes one after another, aligned as direct reads need it.
///
/// The region of a cache belongs to the cache, and only the holder of a frame's number touches that frame: first the
/// reader, from `submit` to the completion, then whoever took the completion. That makes it safe to send.
@safe
package struct BlockRegion: @unchecked Sendable {
  /// Frames in the region.
  package let frameCount: Int

  private let start: UnsafeMutableRawPointer
  private let owner: AnyObject?

  /// Frames in the memory of another, one behind the other.
  /// - Parameters:
  ///   - firstFrame: where they begin, aligned to a page.
  ///   - frameCount: how many there are.
  ///   - owner: what frees the memory; nil where the caller sees to it that the memory outlives all reads into it, by
  ///     shutting the pool down first.
  @unsafe
  package init(
    firstFrame: UnsafeMutableRawBufferPointer, frameCount: Int, keptAliveBy owner: AnyObject? = nil
  ) {
    guard let start = firstFrame.baseAddress else { preconditionFailure("a region holds something") }
    precondition(firstFrame.count >= BlockFile.blockByteCount && frameCount > 0, "a frame holds a block")
    unsafe self.start = start
    self.owner = owner
    self.frameCount = frameCount
    // A read into a large page is one piece of memory to the disk, and not one for each 4 KiB. Where the kernel has none,
    // nothing is lost (Documentation/admin-guide/mm/transhuge.rst).
    _ = unsafe madvise(start, frameCount * BlockFile.blockByteCount, MADV_HUGEPAGE)
  }

  /// Frames in memory of their own, for tools that have no cache.
  package init(frameCount: Int) {
    let pages = PageMemory(byteCount: frameCount * BlockFile.blockByteCount)
    unsafe self.init(firstFrame: pages.bytes, frameCount: frameCount, keptAliveBy: pages)
  }

  /// The memory of a frame; traps when there is no such frame.
  @unsafe
  func memory(of frame: Int) -> UnsafeMutableRawBufferPointer {
    precondition(frame >= 0 && frame < frameCount, "no such frame")
    let first = unsafe start + frame * BlockFile.blockByteCount
    return unsafe UnsafeMutableRawBufferPointer(start: first, count: BlockFile.blockByteCount)
  }

  /// Frames of a buffer that is registered: 64 MiB. The kernel takes up to 1 GiB as one, and 16,384 of them
  /// (io_uring_register(2)); it takes a buffer for large pages when it has no others.
  private static let framesOfBuffer = 64 << 20 / BlockFile.blockByteCount
  private static let framesOfLargePage = PageMemory.largePage / BlockFile.blockByteCount

  /// Frames in whole large pages. Those behind are a buffer of their own.
  private var largeFrameCount: Int { frameCount - frameCount % BlockRegion.framesOfLargePage }

  /// Whether a frame is the first of a buffer that is registered: no read crosses into it.
  func isFirstOfBuffer(_ frame: Int) -> Bool {
    frame.isMultiple(of: BlockRegion.framesOfBuffer) || frame == largeFrameCount
  }

  /// All memory, in buffers to be registered.
  @unsafe
  var buffers: [iovec] {
    var buffers: [iovec] = unsafe []
    var first = 0
    for frame in 1...frameCount where frame == frameCount || isFirstOfBuffer(frame) {
      let byteCount = (frame - first) * BlockFile.blockByteCount
      unsafe buffers.append(iovec(iov_base: memory(of: first).baseAddress, iov_len: byteCount))
      first = frame
    }
    return unsafe buffers
  }

  /// The buffer that an address of the region lies in.
  @unsafe
  func buffer(of address: UnsafeMutableRawPointer?) -> Int32 {
    guard let address = unsafe address else { preconditionFailure("a read has a place") }
    let frame = unsafe (address - start) / BlockFile.blockByteCount
    let isLarge = frame < largeFrameCount
    let count = BlockRegion.framesOfBuffer
    return Int32(isLarge ? frame / count : (largeFrameCount + count - 1) / count)
  }

  /// The bytes of a frame; traps when there is no such frame.
  @_lifetime(borrow self)
  package borrowing func bytes(of frame: Int) -> RawSpan {
    let span = unsafe RawSpan(_unsafeBytes: UnsafeRawBufferPointer(memory(of: frame)))
    return unsafe _overrideLifetime(span, borrowing: self)
  }
}

/// Whole pages of memory, freed when nobody holds them. What stands in them before a block is read is anything.
@safe
private final class PageMemory {
  let bytes: UnsafeMutableRawBufferPointer
  /// Bytes of a page of the processor's larger size.
  static let largePage = 2 << 20

  init(byteCount: Int) {
    // Of a large page where there is room for one.
    let alignment = byteCount < PageMemory.largePage ? 4_096 : PageMemory.largePage
    unsafe bytes = .allocate(byteCount: byteCount, alignment: alignment)
  }

  deinit {
    unsafe bytes.deallocate()
  }
}
