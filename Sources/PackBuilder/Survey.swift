import Pack

/// What was found in a file when it was read.
struct Findings: Sendable {
  /// The first 128 bits of its SHA-256.
  var digest: ContentHash.Digest
  /// Its coded forms that pay.
  var variants: [Variant] = []
  /// Whether such forms were looked for.
  var isCoded = false
  /// Whether they were taken from a pack before.
  var isReused = false
  /// Where the pack before has it, in bytes from its front; 0 where that is not known.
  var oldPosition: Int64 = 0
  /// What it refers to; nil for a file that is no page or style sheet.
  var references: PageReferences?
}

/// Reads the files of a site on several threads.
struct Survey: Sendable {
  private let files: [SiteFile]
  private let rules: ResponseRules
  private let variants: VariantRule
  private let old: OldForms?
  private let ledger: Ledger?
  private let findsReferences: Bool
  private let jobs: Int?

  /// A survey of these files.
  /// - Parameters:
  ///   - old: what was made of files before.
  ///   - ledger: what was known of them then; nil when all are to be read.
  init(of files: [SiteFile], rules: ResponseRules, options: BuildOptions, old: PackFile?, ledger: Ledger?) {
    self.files = files
    self.ledger = ledger
    self.rules = rules
    variants = VariantRule(options)
    let rule = variants
    self.old = old.flatMap { OldForms(in: $0, madeBy: rule) }
    findsReferences = options.groups
    jobs = options.jobs
  }

  /// Reads every file and hands over what was found, in the order of the files.
  func run(
    progress: ProgressReport, _ take: (Int, Findings) throws(BuildError) -> Void
  ) throws(BuildError) {
    var state = BuildProgress(phase: .reading, of: (files.count, files.reduce(0) { $0 + $1.size }))
    let batches = batches
    let work = OrderedWork<[Result<Findings, BuildError>]>(count: batches.count, jobs: jobs)
    var steps = 0
    try work.run { number, step in
      batches[number].map { findings(of: files[$0], step) }
    } take: { number, event throws(BuildError) in
      switch event {
      case .step:
        steps += 1
        state.advance(by: FileReader.pieceCount)
        try progress(state)
      case .done(let outcomes):
        for (file, outcome) in zip(batches[number], outcomes) {
          try take(file, outcome.get())
          // Only the one file of a batch that is large has reported steps.
          state.advance(by: Int(files[file].size) - steps * FileReader.pieceCount)
          steps = 0
          state.finishFile()
          try progress(state)
        }
      }
    }
  }

  /// Ranges of files that are read in a row: up to 256 files of less than a piece altogether, or one larger file.
  private var batches: [Range<Int>] {
    var batches: [Range<Int>] = []
    var (start, size) = (0, 0 as UInt64)
    for (number, file) in files.enumerated() {
      let isFull = size + file.size >= UInt64(FileReader.pieceCount) || number - start == 256
      if isFull, number > start {
        batches.append(start..<number)
        (start, size) = (number, 0)
      }
      size += file.size
    }
    if start < files.count { batches.append(start..<files.count) }
    return batches
  }

  /// What is in a file that has not been changed; nil where it is not known, or the file has to be read all the same, for
  /// what it refers to.
  private func known(_ file: SiteFile, isDocument: Bool, isCoded: Bool) -> Findings? {
    guard !isDocument, let entry = ledger?.entry(of: file.mark) else { return nil }
    guard isCoded else { return Findings(digest: entry.content, oldPosition: entry.position) }
    guard let variants = old?.variants(of: entry.content, count: Int(file.size)) else { return nil }
    return Findings(
      digest: entry.content, variants: variants, isCoded: true, isReused: true, oldPosition: entry.position)
  }

  /// Reads a file, whole where something is to be made of it.
  private func findings(of file: SiteFile, _ step: () -> Bool) -> Result<Findings, BuildError> {
    Result { () throws(BuildError) in
      let type = rules.mediaTypes.type(ofFileNamed: file.name) ?? MediaTypes.unknown
      let isDocument = findsReferences && PageReferences.areExpected(in: file, type: type)
      let isCoded = variants.applies(to: file, type: type)
      if let known = known(file, isDocument: isDocument, isCoded: isCoded) { return known }
      var reader = FileReader()
      var hash = ContentHash()
      guard isDocument || isCoded else {
        try reader.read(file) { bytes throws(BuildError) in
          hash.update(bytes)
          // A file may be long, and nobody is to wait for the end of one that is not wanted any more.
          if bytes.byteCount == FileReader.pieceCount, !step() { throw .interrupted }
        }
        return Findings(digest: hash.finish())
      }
      let content = try reader.content(of: file)
      hash.update(content.bytes)
      var findings = Findings(digest: hash.finish(), isCoded: isCoded)
      if isDocument { findings.references = PageReferences(of: content, path: file.path, type: type) }
      guard isCoded else { return findings }
      if let known = old?.variants(of: findings.digest, count: content.count) {
        (findings.variants, findings.isReused) = (known, true)
      } else {
        findings.variants = variants.variants(of: content)
      }
      return findings
    }
  }
}
