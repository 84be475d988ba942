import Pack
import SystemPackage
import Wire

/// Writes a plan down where its layout says.
struct PackWriter: ~Copyable {
  private let plan: PackPlan
  private let layout: PackLayout
  private let spool: Spool
  private var old: OldContent
  private var stream: BlockStream
  private var reader = FileReader()
  private var state: BuildProgress

  /// A writer to an open file, whose path is for messages.
  /// - Parameter old: the pack before, which has what has not been changed since.
  init(
    _ plan: PackPlan, _ layout: PackLayout, _ spool: Spool, _ old: PackFile?, to descriptor: FileDescriptor,
    path: String
  ) {
    self.plan = plan
    self.layout = layout
    self.spool = spool
    self.old = OldContent(in: old)
    stream = BlockStream(to: descriptor, path: path, identity: plan.identity)
    state = BuildProgress(phase: .writing, of: plan.size)
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
    if let place = layout.superblock.rules {
      try stream.advance(to: place)
      let table = plan.ruleTable
      try stream.append(table.bytes)
    }
    for share in layout.index.shares { try stream.write(share) }
    try stream.finish(layout.superblock)
  }

  /// Writes the records of a file, its heads right behind them, and its bodies right behind those.
  private mutating func write(
    _ entry: PackPlan.Entry, _ placement: PackLayout.Placement, _ progress: ProgressReport
  ) throws(BuildError) {
    try writeFront(of: entry, placement)
    for (_, body) in entry.ownBodies {
      if body.coding == .identity, let bytes = old.content(of: body) {
        try stream.append(bytes.bytes)
        state.advance(by: bytes.count)
      } else if body.coding == .identity {
        try PackWriter.copy(entry, from: &reader, to: &stream, &state, progress)
      } else {
        let bytes = try spool.read(Int(body.count), at: body.source)
        try stream.append(bytes.bytes)
      }
    }
    if entry.bodies[0].isShared { state.advance(by: Int(entry.file.size)) }
    state.finishFile()
    try progress(state)
  }

  /// Writes the records and the heads of a file.
  private mutating func writeFront(
    of entry: PackPlan.Entry, _ placement: PackLayout.Placement
  ) throws(BuildError) {
    var (representations, heads): ([Representation], [UInt8]) = ([], [])
    for (body, place) in zip(entry.bodies, layout.bodies(of: entry, at: placement)) {
      let head = try plan.head(of: body, entry)
      var layout = head.layout
      layout.offset = place.head
      heads += head.bytes
      representations.append(
        Representation(coding: body.coding, head: layout, body: place.body, lastModified: entry.file.modified))
    }
    let records = representations
    // A file that is at no path has no record, and yet its heads and bodies lie where the layout has put them.
    try stream.advance(to: placement.start)
    for (path, place) in zip(entry.paths, placement.records(entry.recordLengths)) {
      let path = Array(path.utf8)
      try stream.advance(to: place)
      stream.write(Record.byteCount(representations: records.count, path: path.count, target: 0)) { block, offset in
        Record.write(.file, path: path, representations: records, to: &block, at: offset)
      }
    }
    try stream.append(heads.bytes)
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
    guard hash.finish() == entry.bodies[0].digest else { throw .changed(entry.file.source) }
  }

  /// Writes the record of a redirect.
  private mutating func write(
    _ redirect: PackPlan.Redirect, _ placement: PackLayout.Placement
  ) throws(BuildError) {
    let (path, target, status) = (Array(redirect.path.utf8), redirect.recordTarget, redirect.status)
    for place in placement.records([redirect.extent.front]) {
      try stream.advance(to: place)
      stream.write(Record.byteCount(representations: 0, path: path.count, target: target.count)) { block, offset in
        Record.write(.redirect, path: path, target: target, status: status, representations: [], to: &block, at: offset)
      }
    }
  }
}
