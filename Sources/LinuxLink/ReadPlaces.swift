import Glibc

/// Where the kernel is to put the bytes of a read: pieces of memory, those of frames side by side in one.
@safe
final class ReadPlaces {
  /// The pieces; they stay where they are as long as the object lives.
  let vectors: UnsafeMutablePointer<iovec>

  /// Room for the pieces of any read.
  init() {
    unsafe vectors = .allocate(capacity: ReadRequest.mostBlocks)
    unsafe vectors.initialize(repeating: iovec(), count: ReadRequest.mostBlocks)
  }

  deinit {
    unsafe vectors.deallocate()
  }

  /// Finds the pieces for what a read is to ask for next.
  /// - Returns: how many there are.
  func locate(_ progress: ReadProgress, in region: BlockRegion) -> Int {
    var count = 0
    for number in progress.blocks {
      let frame = unsafe region.memory(of: progress.request.frame(number))
      let memory = unsafe UnsafeMutableRawBufferPointer(
        rebasing: frame[..<progress.request.end(of: number..<(number + 1))])
      let isBorder = region.isFirstOfBuffer(progress.request.frame(number))
      if count > 0, !isBorder, unsafe vectors[count - 1].iov_base + vectors[count - 1].iov_len == memory.baseAddress {
        unsafe vectors[count - 1].iov_len += memory.count
      } else {
        unsafe vectors[count] = iovec(iov_base: memory.baseAddress, iov_len: memory.count)
        count += 1
      }
    }
    return skip(progress.filled, of: count)
  }

  /// Leaves out bytes that are there already.
  private func skip(_ filled: Int, of count: Int) -> Int {
    var (rest, first) = (filled, 0)
    while unsafe rest > 0 && rest >= vectors[first].iov_len {
      rest -= unsafe vectors[first].iov_len
      first += 1
    }
    for index in first..<count { unsafe vectors[index - first] = vectors[index] }
    unsafe vectors[0].iov_base += rest
    unsafe vectors[0].iov_len -= rest
    return count - first
  }
}
