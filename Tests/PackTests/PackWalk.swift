import Pack
import TestKit
import Wire

/// Reads everything there is in a pack in memory, as a server and the commands do between them.
enum PackWalk {
  /// What a walk has seen.
  struct Findings: Equatable {
    var paths: [[UInt8]] = []
    var bodies: [[UInt8]] = []
  }

  /// Walks through a pack.
  /// - Parameter checks: whether it is checked as `verify` does, or only as a server does.
  static func walk(_ bytes: [UInt8], checks: Bool) throws(PackError) -> Findings {
    let superblock = try Superblock(parsing: block(BlockNumber(0), of: bytes).rawSpan)
    guard UInt64(bytes.count) >= superblock.byteCount else {
      throw .truncated(expected: superblock.byteCount, actual: UInt64(bytes.count))
    }
    if checks { _ = try verified(BlockNumber(0), of: bytes, superblock, checks) }
    var findings = Findings()
    for number in 0..<superblock.indexBlockCount {
      let index = superblock.firstIndexBlock + number
      let content = try verified(index, of: bytes, superblock, checks)
      if checks { _ = try PackCheck.index(content.rawSpan, as: index, of: superblock) }
      let count = try IndexBlock.count(of: content.rawSpan, index)
      for position in 0..<count {
        try read(IndexBlock.entry(position, of: content.rawSpan), of: bytes, superblock, checks, &findings)
      }
    }
    return findings
  }

  private static func read(
    _ entry: IndexEntry, of bytes: [UInt8], _ superblock: Superblock, _ checks: Bool, _ findings: inout Findings
  ) throws(PackError) {
    let location = entry.record
    let content = try verified(location.block, of: bytes, superblock, checks)
    if checks { _ = try PackCheck.record(entry, in: content.rawSpan, of: superblock) }
    let record = try Record(parsing: content.rawSpan, at: location)
    findings.paths.append(Array(content[record.path]))
    _ = content[record.target]
    for index in 0..<record.representationCount {
      let file = try record.representation(index, of: content.rawSpan, location.block)
      let head = content[file.head.offset..<(file.head.offset + file.head.count)]
      for range in [file.head.validators, file.head.entityTag, file.head.content] {
        _ = content[(head.startIndex + range.lowerBound)..<(head.startIndex + range.upperBound)]
      }
      _ = content[(head.startIndex + file.head.date)..<(head.startIndex + file.head.date + HeadLayout.dateCount)]
      findings.bodies.append(try body(file.body, of: bytes, superblock, checks))
    }
  }

  private static func body(
    _ body: BodyLocation, of bytes: [UInt8], _ superblock: Superblock, _ checks: Bool
  ) throws(PackError) -> [UInt8] {
    var result: [UInt8] = []
    while UInt64(result.count) < body.count {
      let (number, offset) = body.place(of: UInt64(result.count))
      let content = try verified(number, of: bytes, superblock, checks)
      let count = Int(min(UInt64(BlockGeometry.payloadCount - offset), body.count - UInt64(result.count)))
      _ = StoredSums.sum(of: offset..<(offset + count), in: content.rawSpan)
      result += content[offset..<(offset + count)]
    }
    return result
  }

  private static func verified(
    _ number: BlockNumber, of bytes: [UInt8], _ superblock: Superblock, _ checks: Bool
  ) throws(PackError) -> [UInt8] {
    let content = block(number, of: bytes)
    if checks {
      _ = try PackCheck.block(content.rawSpan, as: number, of: superblock)
    } else {
      _ = try BlockTrailer(verifying: content.rawSpan, as: number, of: superblock.identity)
    }
    return content
  }

  /// A block, or as much of it as there is.
  private static func block(_ number: BlockNumber, of bytes: [UInt8]) -> [UInt8] {
    let start = min(Int(number.value) * BlockGeometry.byteCount, bytes.count)
    return Array(bytes[start..<min(start + BlockGeometry.byteCount, bytes.count)])
  }
}
