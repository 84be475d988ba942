import Pack

/// The memory of the cache: one region of frames of a block's size, aligned for reads that bypass the kernel's own cache.
@safe
package struct BlockArena: ~Copyable {
  /// Frames in the region.
  package let frameCount: Int

  /// A page of the processor's larger size, in bytes: memory that is to have such begins at a multiple.
  private static let largePage = 2 << 20

  private let start: UnsafeMutableRawPointer

  /// A region of so many frames.
  package init(frames: Int) {
    precondition(frames > 0, "a cache holds something")
    frameCount = frames
    let size = BlockGeometry.byteCount
    let alignment = frames * size < BlockArena.largePage ? size : BlockArena.largePage
    unsafe start = .allocate(byteCount: frames * size, alignment: alignment)
  }

  deinit {
    unsafe start.deallocate()
  }

  /// The greatest power of two that divides the address of the first frame, in bytes. Reads past the page cache want a
  /// multiple of the device's block (open(2), O_DIRECT).
  package var alignment: Int {
    unsafe 1 << UInt(bitPattern: start).trailingZeroBitCount
  }

  /// All bytes of a frame; traps where there is none.
  @_lifetime(borrow self)
  package borrowing func bytes(of frame: Frame) -> RawSpan {
    let place = offset(of: frame)
    let span = unsafe RawSpan(_unsafeStart: start + place, byteCount: BlockGeometry.byteCount)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// All bytes of a frame, for writing; traps where there is none.
  @_lifetime(&self)
  package mutating func mutableBytes(of frame: Frame) -> MutableRawSpan {
    let place = offset(of: frame)
    let span = unsafe MutableRawSpan(_unsafeStart: start + place, byteCount: BlockGeometry.byteCount)
    return unsafe _overrideLifetime(span, mutating: &self)
  }

  /// The memory of all frames, for whoever reads blocks into them. A frame belongs to the reader from the moment its read
  /// is fetched until it is completed.
  @unsafe
  package var memory: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(start: start, count: frameCount * BlockGeometry.byteCount)
  }

  private borrowing func offset(of frame: Frame) -> Int {
    precondition(frame.number >= 0 && frame.number < frameCount, "no such frame")
    return frame.number * BlockGeometry.byteCount
  }
}
