import Pack
import SystemPackage
import Wire

/// Writes a plan down where its layout says.
struct PackWriter: ~Copyable {
  private let plan: PackPlan
  private let layout: PackLayout
  private var stream: BlockStream
  private var reader = FileReader()
  private var state: BuildProgress

  /// A writer to an open file, whose path is for messages.
  init(_ plan: PackPlan, _ layout: PackLayout, to descriptor: FileDescriptor, path: String) {
    self.plan = plan
    self.layout = layout
    stream = BlockStream(to: descriptor, path: path, identity: plan.identity)
    state = BuildProgress(phase: .writing, files: plan.files)
  }

  /// Writes the pack.
  /// - Parameter progress: told of every piece that is written.
  consuming func write(progress: ProgressReport) throws(BuildError) {
    for (item, placement) in zip(plan.items, layout.placements) {
      switch item {
      case .file(let entry): try write(entry, placement, progress)
      case .redirect(let redirect): try write(redirect, placement)
      }
    }
    for share in layout.index.shares { try stream.write(share) }
    try stream.finish(layout.superblock)
  }

  /// Writes the records of a file, its head right behind them, and its body right behind that.
  private mutating func write(
    _ entry: PackPlan.Entry, _ placement: PackLayout.Placement, _ progress: ProgressReport
  ) throws(BuildError) {
    guard let body = placement.body else { return }
    var head = entry.head.layout
    head.offset = placement.head
    let representation = Representation(coding: .identity, head: head, body: body, lastModified: entry.file.modified)
    for (path, place) in zip(entry.paths, placement.records) {
      let path = Array(path.utf8)
      try stream.advance(to: place)
      stream.write(Record.byteCount(representations: 1, path: path.count, target: 0)) { block, offset in
        Record.write(.file, path: path, representations: [representation], to: &block, at: offset)
      }
    }
    try stream.append(entry.head.bytes.bytes)
    if placement.sharesBody {
      state.advance(by: Int(entry.file.size))
    } else {
      try PackWriter.copy(entry, from: &reader, to: &stream, &state, progress)
    }
    state.finishFile()
    try progress(state)
  }

  /// Appends a file's content, which must be what it was when its tag was made.
  private static func copy(
    _ entry: PackPlan.Entry, from reader: inout FileReader, to stream: inout BlockStream, _ state: inout BuildProgress,
    _ progress: ProgressReport
  ) throws(BuildError) {
    var hash = ContentHash()
    try reader.read(entry.file) { bytes throws(BuildError) in
      hash.update(bytes)
      try stream.append(bytes)
      state.advance(by: bytes.byteCount)
      try progress(state)
    }
    guard hash.finish() == entry.digest else { throw .changed(entry.file.source) }
  }

  /// Writes the record of a redirect.
  private mutating func write(
    _ redirect: PackPlan.Redirect, _ placement: PackLayout.Placement
  ) throws(BuildError) {
    let (path, target) = (Array(redirect.path.utf8), Array(redirect.target.utf8))
    for place in placement.records {
      try stream.advance(to: place)
      stream.write(Record.byteCount(representations: 0, path: path.count, target: target.count)) { block, offset in
        Record.write(.redirect, path: path, target: target, representations: [], to: &block, at: offset)
      }
    }
  }
}
