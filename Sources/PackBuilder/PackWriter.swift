import Pack
import SystemPackage
import Wire

/// Writes a plan down, block by block.
struct PackWriter: ~Copyable {
  private let plan: PackPlan
  private let options: BuildOptions
  private var stream: BlockStream
  private var reader = FileReader()
  private var index: [IndexEntry] = []
  private var bodies: [ContentHash.Digest: BodyLocation] = [:]
  private var notFound: RecordLocation?
  private var summary = BuildSummary()

  private static let hashSeed: UInt64 = 0

  /// Bodies smaller than this are stored with each of their files: a copy beside its record costs less than a second read.
  private static let smallestShared: UInt64 = 4_096

  /// A writer to an open file.
  init(_ plan: PackPlan, options: BuildOptions, to descriptor: FileDescriptor, path: String) {
    self.plan = plan
    self.options = options
    stream = BlockStream(to: descriptor, path: path, identity: plan.identity)
  }

  /// Writes the pack.
  /// - Parameter progress: told of every file that is written.
  consuming func write(progress: (BuildProgress) -> Void) throws(BuildError) -> BuildSummary {
    let entries = plan.entries
    var state = BuildProgress(
      phase: .writing, fileCount: entries.count, byteCount: entries.reduce(0) { $0 + $1.file.size })
    for entry in entries {
      try write(entry)
      state.advance(by: entry.file.size)
      progress(state)
    }
    for redirect in plan.redirects { try write(redirect) }
    try stream.finishBlock()
    let firstIndexBlock = stream.block
    let counts = try writeIndex()
    let superblock = Superblock(
      blockCount: stream.block.value, identity: plan.identity, hashSeed: PackWriter.hashSeed,
      firstIndexBlock: firstIndexBlock, indexBlockCount: counts, entryCount: UInt64(index.count), notFound: notFound)
    try stream.finish(superblock)
    summary.fileCount = entries.count
    summary.pathCount = index.count
    summary.byteCount = state.byteCount
    summary.blockCount = superblock.blockCount
    summary.packByteCount = superblock.byteCount
    return summary
  }

  /// Writes the records of a file, its head right behind them, and its body right behind that.
  private mutating func write(_ entry: PackPlan.Entry) throws(BuildError) {
    let paths = entry.paths.map { Array($0.utf8) }
    let lengths = paths.map { Record.byteCount(representations: 1, path: $0.count, target: 0) }
    let front = lengths.reduce(0, +) + entry.head.bytes.count
    let shared = entry.file.size >= PackWriter.smallestShared ? bodies[entry.digest] : nil
    try makeRoom(front: front, body: shared == nil ? entry.file.size : 0)
    var layout = entry.head.layout
    layout.offset = stream.offset + lengths.reduce(0, +)
    let place = BodyLocation(block: stream.block, offset: stream.offset + front, count: entry.file.size)
    let body = shared ?? PackWriter.normalized(place)
    if shared != nil { summary.sharedCount += 1 } else { bodies[entry.digest] = body }
    let representation = Representation(
      coding: .identity, head: layout, body: body, lastModified: entry.file.modified)
    for (path, length) in zip(paths, lengths) {
      if path.elementsEqual(options.notFoundPath.utf8) {
        notFound = RecordLocation(block: stream.block, offset: stream.offset)
      }
      note(path)
      stream.write(length) { block, offset in
        Record.write(.file, path: path, representations: [representation], to: &block, at: offset)
      }
    }
    try stream.append(entry.head.bytes.bytes)
    guard shared == nil else { return }
    try PackWriter.copy(entry.file, from: &reader, to: &stream)
  }

  /// Begins a block where the next file is to begin in one: a file that fits a block lies in one, and a larger one begins
  /// where its segments are whole.
  private mutating func makeRoom(front: Int, body: UInt64) throws(BuildError) {
    try stream.align()
    let isSmall = UInt64(front) + body <= UInt64(BlockGeometry.payloadCount)
    if isSmall { try stream.reserve(front + Int(body)) } else { try stream.finishBlock() }
  }

  private static func copy(
    _ file: SiteFile, from reader: inout FileReader, to stream: inout BlockStream
  ) throws(BuildError) {
    try reader.read(file) { bytes throws(BuildError) in
      try stream.append(bytes)
    }
  }

  /// Writes the record of a redirect.
  private mutating func write(_ redirect: PackPlan.Redirect) throws(BuildError) {
    let (path, target) = (Array(redirect.path.utf8), Array(redirect.target.utf8))
    let length = Record.byteCount(representations: 0, path: path.count, target: target.count)
    try makeRoom(front: length, body: 0)
    note(path)
    stream.write(length) { block, offset in
      Record.write(.redirect, path: path, target: target, representations: [], to: &block, at: offset)
    }
  }

  /// Enters the record that is written next into the index.
  private mutating func note(_ path: [UInt8]) {
    let hash = PathHash(path.bytes, seed: PackWriter.hashSeed)
    index.append(IndexEntry(hash: hash, record: RecordLocation(block: stream.block, offset: stream.offset)))
  }

  /// Writes the index: as many blocks as let every share of the hashes fit its block.
  /// - Returns: how many.
  private mutating func writeIndex() throws(BuildError) -> UInt32 {
    index.sort { $0.hash < $1.hash }
    var count = UInt32(index.count * 4 / (IndexBlock.capacity * 3) + 1)
    while largestShare(of: count) > IndexBlock.capacity { count += count / 8 + 1 }
    stream.kind = .index
    var start = 0
    for block in 0..<count {
      var end = start
      while end < index.count, index[end].hash.indexBlock(of: count) == block { end += 1 }
      let share = Array(index[start..<end])
      stream.write(IndexBlock.used(by: share.count)) { span, _ in IndexBlock.write(share, to: &span) }
      try stream.finishBlock()
      start = end
    }
    return count
  }

  private func largestShare(of count: UInt32) -> Int {
    var (largest, share) = (0, 0)
    var block = UInt32.max
    for entry in index {
      let next = entry.hash.indexBlock(of: count)
      share = next == block ? share + 1 : 1
      block = next
      largest = max(largest, share)
    }
    return largest
  }

  /// A body that begins just behind the payload begins in the next block.
  private static func normalized(_ body: BodyLocation) -> BodyLocation {
    let (block, offset) = body.place(of: 0)
    return BodyLocation(block: block, offset: offset, count: body.count)
  }
}
