import Pack
import SystemPackage

/// Packs a directory: finds its files, plans their order, lays them out, and writes them down.
package enum PackBuilder {
  /// Packs a directory into a file, or onto a block device.
  ///
  /// A file is written beside its final place and takes that place when it is complete; whatever stood there stands there
  /// until then. A device is written in place, its superblock last.
  /// - Parameters:
  ///   - directory: the site.
  ///   - target: the pack.
  ///   - options: how.
  ///   - progress: told how far it has come; what it throws ends the packing.
  package static func pack(
    _ directory: String, to target: String, options: BuildOptions, progress: ProgressReport = { _ in }
  ) throws(BuildError) -> BuildSummary {
    let target = try PackTarget(target)
    let found = try FoundSite(directory, for: target, options)
    let old = options.reuses ? PackFile(target.path) : nil
    let ledger = ledger(of: target, old, options)
    if let old, let ledger, let key = found.key, ledger.site == key, old.isWhole(jobs: options.jobs) {
      return ledger.summary.unchanged(found.warnings)
    }
    do throws(BuildError) {
      return try pack(found, to: target, old, ledger, progress)
    } catch {
      // What the ledger says of a file may be wrong where the system's times are. Then only content is trusted.
      guard case .changed = error, ledger != nil else { throw error }
      return try pack(found, to: target, old, nil, progress)
    }
  }

  /// What would be packed, without writing anything.
  /// - Parameter target: where the pack would go; nil when that is not known.
  package static func survey(
    _ directory: String, to target: String? = nil, options: BuildOptions, progress: ProgressReport = { _ in }
  ) throws(BuildError) -> BuildSummary {
    var place: PackTarget?
    if let target { place = try PackTarget(target) }
    let found = try FoundSite(directory, for: place, options)
    return try prepare(found, Spool(beside: nil), nil, nil, progress).2
  }

  /// The paths of the files that would be packed.
  package static func paths(of directory: String, options: BuildOptions) throws(BuildError) -> [String] {
    try FoundSite(directory, for: nil, options).files.map(\.path)
  }

  /// Packs a site that was found.
  private static func pack(
    _ found: FoundSite, to target: PackTarget, _ old: PackFile?, _ ledger: Ledger?, _ progress: ProgressReport
  ) throws(BuildError) -> BuildSummary {
    let spool = try Spool(beside: target)
    var (plan, layout, summary) = try prepare(found, spool, old, ledger, progress)
    // The identity is a hash of all that is in a pack: one that is whole and has it need not be written again.
    if let old, old.superblock == layout.superblock, old.isWhole(jobs: found.options.jobs) {
      summary = summary.unchanged()
    } else {
      try target.write(layout.superblock.byteCount) { descriptor, path throws(BuildError) in
        let writer = PackWriter(plan, layout, spool, old, to: descriptor, path: path)
        try writer.write(progress: progress)
      }
    }
    guard found.options.keepsLedger, let place = target.ledgerPath else { return summary }
    do {
      try Ledger.keep(
        Ledger.bytes(
          of: plan.identity, site: found.key, summary.withoutWarnings(found.warnings),
          layout.ledgerEntries(of: plan)),
        at: place)
    } catch {
      summary.warnings.append("\(error): the next time, every file will be read again")
    }
    return summary
  }

  /// What was kept beside the pack before; nil when it is not to be trusted.
  private static func ledger(of target: PackTarget, _ old: PackFile?, _ options: BuildOptions) -> Ledger? {
    guard let old, let path = target.ledgerPath, options.keepsLedger, options.trustsTimes else { return nil }
    return Ledger(path, of: old.superblock.identity)
  }

  private static func prepare(
    _ found: FoundSite, _ spool: Spool, _ old: PackFile?, _ ledger: Ledger?, _ progress: ProgressReport
  ) throws(BuildError) -> (PackPlan, PackLayout, BuildSummary) {
    let plan = try PackPlan(
      of: found.files, found.rules, options: found.options, spool: spool, old: old, ledger: ledger,
      progress: progress)
    let layout = try PackLayout(plan, options: found.options)
    return (plan, layout, BuildSummary(plan, layout, warnings: found.warnings + plan.warnings))
  }
}
