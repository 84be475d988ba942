import Glibc
import SystemPackage

/// How far a read has come: what to ask the kernel for next, and which blocks are done.
///
/// The kernel may fill less than it was asked to, and when it refuses, it does not say which block is to blame. So a read
/// goes on where it stopped, and one that was refused is tried again block by block: a bad sector costs its own block.
struct ReadProgress {
  /// Blocks of the request that are done, and how all of them ended.
  struct Part {
    /// Their numbers in the request.
    let blocks: Range<Int>
    /// How their reads ended.
    let outcome: ReadOutcome
  }

  /// What was asked for.
  let request: ReadRequest
  /// Blocks at the front of the request that are done.
  private(set) var begin = 0
  /// Bytes behind them that are there already, or not wanted.
  private(set) var filled: Int
  private var isOneByOne = false

  /// A read that has not begun.
  init(_ request: ReadRequest) {
    self.request = request
    filled = request.part.lowerBound
  }

  /// Whether nothing is left to be done.
  var isOver: Bool { begin == request.count }

  /// The blocks to be asked for next.
  var blocks: Range<Int> { begin..<(isOneByOne ? begin + 1 : request.count) }

  /// The first byte of the file to be asked for next; one that the kernel refuses where no file reaches so far.
  var position: UInt64 {
    let (start, isOverflow) = (request.block &+ UInt64(begin)).multipliedReportingOverflow(
      by: UInt64(BlockFile.blockByteCount))
    return isOverflow ? UInt64(Int64.max) : start + UInt64(filled)
  }

  /// Takes what came of asking for the rest of `blocks`.
  /// - Parameter result: bytes that were read, 0 at the end of the file, or `-errno`.
  /// - Returns: blocks that are done now; nil when none are, and there is more to ask for.
  mutating func take(_ result: Int) -> Part? {
    guard result >= 0 else { return refused(Errno(rawValue: Int32(-result))) }
    filled += result
    if filled >= request.end(of: blocks) { return end(blocks, .filled) }
    // A direct read ends between sectors only where the file ends, and could not go on from there.
    return result == 0 || !result.isMultiple(of: 512) ? cutOff() : nil
  }

  private mutating func refused(_ code: Errno) -> Part? {
    if code == .interrupted || code == .resourceTemporarilyUnavailable { return nil }
    if let whole = wholeBlocks() { return end(whole, .filled) }
    guard blocks.count > 1 else { return end(blocks, .failed(code)) }
    isOneByOne = true
    filled = begin == 0 ? request.part.lowerBound : 0
    return nil
  }

  private mutating func cutOff() -> Part? {
    if let whole = wholeBlocks() { return end(whole, .filled) }
    return end(begin..<(begin + 1), .short(filled))
  }

  /// The blocks that are there although those behind them are not.
  private func wholeBlocks() -> Range<Int>? {
    let count = filled / BlockFile.blockByteCount
    return count > 0 ? begin..<(begin + count) : nil
  }

  private mutating func end(_ blocks: Range<Int>, _ outcome: ReadOutcome) -> Part {
    begin = blocks.upperBound
    filled = 0
    return Part(blocks: blocks, outcome: outcome)
  }
}
