import LinuxLink
import Pack

/// How a pack is divided among threads, so that each block is read once: files that are too long to be held are read by
/// themselves, and all else in batches that begin where records do.
struct VerificationPlan {
  /// What a thread does at a time. The numbers are those of the entries, in the order of their records.
  enum Piece: Sendable {
    /// The paths of a file that is longer than a batch, whose blocks but the outermost are in no batch.
    case longFile(Range<Int>)
    /// Blocks, and the records in them.
    case blocks(Range<UInt32>, Range<Int>)
  }

  /// The pieces: long files first, since they take longest.
  private(set) var pieces: [Piece] = []

  /// Blocks of a batch: 8 MiB.
  static let batchCount: UInt32 = 128

  /// Blocks in pieces of one read each.
  static func batches(of blocks: Range<UInt32>) -> [Range<UInt32>] {
    let count = UInt32(ReadRequest.mostBlocks)
    return stride(from: blocks.lowerBound, to: blocks.upperBound, by: Int(count)).map {
      $0..<min($0 + count, blocks.upperBound)
    }
  }

  /// The plan for a pack.
  /// - Parameter entries: what is in its index, in the order of the records.
  init(of entries: EntryList, _ reader: consuming PackReader) throws(CommandFailure) {
    var reader = reader
    let end = reader.superblock.firstIndexBlock.value
    // Where the next record is far, there is a long body in between.
    var (first, start) = (0, UInt32(0))
    for (number, entry) in entries.enumerated() {
      let next = number + 1 < entries.count ? entries[number + 1].record.block.value : end
      guard next > entry.record.block.value + VerificationPlan.batchCount else { continue }
      let (paths, interior) = try VerificationPlan.longFile(before: number, entries, &reader)
      // Where a body begins before its record, other records may lie between its blocks.
      guard !interior.isEmpty, interior.lowerBound > entry.record.block.value, interior.lowerBound >= start,
        interior.upperBound <= next
      else { continue }
      pieces.append(.longFile(paths))
      add(start..<interior.lowerBound, entries, first..<paths.lowerBound)
      (first, start) = (number + 1, interior.upperBound)
    }
    add(start..<end, entries, first..<entries.count)
    let longFiles = pieces.filter { if case .longFile = $0 { true } else { false } }
    pieces = longFiles + pieces.filter { if case .blocks = $0 { true } else { false } }
  }

  /// The plan for the blocks up to `end`, of which no more than themselves and their records is looked at: pieces of one
  /// read each.
  init(ofBlocks end: UInt32, with entries: EntryList) {
    var number = 0
    for blocks in VerificationPlan.batches(of: 0..<end) {
      let first = number
      while number < entries.count, entries[number].record.block.value < blocks.upperBound { number += 1 }
      pieces.append(.blocks(blocks, first..<number))
    }
  }

  /// The paths of a file, up to one of them, and the blocks that hold nothing but its longest form.
  private static func longFile(
    before last: Int, _ entries: EntryList, _ reader: inout PackReader
  ) throws(CommandFailure) -> (paths: Range<Int>, interior: Range<UInt32>) {
    let file = try Listing(entries[last].record, &reader)
    guard let body = file.representation?.body, body.lastBlock.value > body.block.value + batchCount else {
      return (last..<(last + 1), 0..<0)
    }
    var first = last
    while first > 0, try Listing(entries[first - 1].record, &reader).representation?.body == body { first -= 1 }
    return (first..<(last + 1), (body.block.value + 1)..<body.lastBlock.value)
  }

  /// Adds batches of blocks with the records in them. A batch ends in the block where the next begins, which is looked at
  /// twice: the body before it may end there.
  private mutating func add(_ blocks: Range<UInt32>, _ entries: EntryList, _ numbers: Range<Int>) {
    var (start, number) = (blocks.lowerBound, numbers.lowerBound)
    while start < blocks.upperBound {
      let limit = min(start + VerificationPlan.batchCount, blocks.upperBound)
      // The records of the batch, and the block of the last record before the limit.
      var (end, next) = (limit, number)
      while next < numbers.upperBound, entries[next].record.block.value < limit { next += 1 }
      if limit < blocks.upperBound, next > number, entries[next - 1].record.block.value > start {
        end = entries[next - 1].record.block.value
        while next > number, entries[next - 1].record.block.value >= end { next -= 1 }
      }
      pieces.append(.blocks(start..<min(end + 1, blocks.upperBound), number..<next))
      (start, number) = (end, next)
    }
  }
}
