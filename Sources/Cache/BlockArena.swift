import Pack

/// The memory of the cache: one region of frames of a block's size, aligned for reads that bypass the kernel's own cache.
@safe
package struct BlockArena: ~Copyable {
  /// Frames in the region.
  package let frameCount: Int

  private let start: UnsafeMutableRawPointer

  /// A region of so many frames.
  package init(frames: Int) {
    precondition(frames > 0, "a cache holds something")
    frameCount = frames
    let size = BlockGeometry.byteCount
    unsafe start = .allocate(byteCount: frames * size, alignment: size)
  }

  deinit {
    unsafe start.deallocate()
  }

  /// All bytes of a frame; traps where there is none.
  @_lifetime(borrow self)
  package borrowing func bytes(of frame: Frame) -> RawSpan {
    let place = offset(of: frame)
    let span = unsafe RawSpan(_unsafeStart: start + place, byteCount: BlockGeometry.byteCount)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// The memory of a frame, for whoever reads a block into it. It must not be used after the read was completed.
  @unsafe
  package borrowing func memory(of frame: Frame) -> UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(start: start + offset(of: frame), count: BlockGeometry.byteCount)
  }

  private borrowing func offset(of frame: Frame) -> Int {
    precondition(frame.number >= 0 && frame.number < frameCount, "no such frame")
    return frame.number * BlockGeometry.byteCount
  }
}

/// A place in the cache's memory that holds one block.
package struct Frame: Hashable, Sendable {
  /// Its number, from 0.
  package let number: Int

  /// The frame with this number.
  package init(_ number: Int) {
    self.number = number
  }
}
