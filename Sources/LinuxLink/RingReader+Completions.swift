import CUring
import Glibc

/// What becomes of the reads of a ring.
extension RingReader {
  /// The next block whose read has ended; nil when there is none.
  package func nextCompletion() -> ReadCompletion? {
    if completions.count == 0 { reap() }
    guard let completion = completions.popFirst() else { return nil }
    outstanding -= 1
    return completion
  }

  /// Takes in all that the kernel has completed, and lets reads that are not over go on.
  func reap() {
    var (token, result) = (0 as UInt64, 0 as Int32)
    var goesOn = false
    while unsafe curing_take(ring, &token, &result) == 1 {
      guard let read = reads[Int(token)] else { preconditionFailure("a completion of no read") }
      goesOn = take(Int(result), of: read, token: Int(token)) || goesOn
    }
    if goesOn { flush() }
  }

  /// Takes in one completion.
  /// - Returns: whether the read goes on.
  private func take(_ result: Int, of read: ReadProgress, token: Int) -> Bool {
    var read = read
    if let part = read.take(file.faults?.answer(result) ?? result) {
      for number in part.blocks { completions.append(read.request.completion(of: number, part.outcome)) }
    }
    reads[token] = nil
    guard !read.isOver else {
      freeTokens.append(token)
      blocksAtDisk -= read.request.count
      return false
    }
    begin(read, token: token)
    return true
  }

  /// Queues what a read asks for next.
  func begin(_ read: ReadProgress, token: Int) {
    let places = places[token]
    let count = places.locate(read, in: region)
    reads[token] = read
    let isQueued: Int32
    if count == 1, isMemoryRegistered {
      let buffer = unsafe region.buffer(of: places.vectors[0].iov_base)
      isQueued = unsafe curing_read_fixed(ring, places.vectors, buffer, read.position, UInt64(token))
    } else {
      isQueued = unsafe curing_read_vectors(ring, places.vectors, UInt32(count), read.position, UInt64(token))
    }
    queued += 1
    precondition(isQueued == 0, "there are as many entries as tokens")
  }
}
