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
    let (spool, old) = (try Spool(beside: target), options.reuses ? PackFile(target.path) : nil)
    var (plan, layout, summary) = try prepare(directory, target, options, spool, old, progress)
    // The identity is a hash of all that is in a pack: one that is whole and has it need not be written again.
    if let old, old.superblock == layout.superblock, old.isWhole(jobs: options.jobs) {
      summary.isUnchanged = true
      return summary
    }
    try target.write(layout.superblock.byteCount) { descriptor, path throws(BuildError) in
      let writer = PackWriter(plan, layout, spool, to: descriptor, path: path)
      try writer.write(progress: progress)
    }
    return summary
  }

  /// What would be packed, without writing anything.
  /// - Parameter target: where the pack would go; nil when that is not known.
  package static func survey(
    _ directory: String, to target: String? = nil, options: BuildOptions, progress: ProgressReport = { _ in }
  ) throws(BuildError) -> BuildSummary {
    var place: PackTarget?
    if let target { place = try PackTarget(target) }
    return try prepare(directory, place, options, Spool(beside: nil), nil, progress).2
  }

  /// The paths of the files that would be packed.
  package static func paths(of directory: String, options: BuildOptions) throws(BuildError) -> [String] {
    var options = options
    let rules = try SiteRules(of: withoutSlash(directory), &options)
    return try files(of: SiteScanner(root: withoutSlash(directory), options: options), rules, options).map(\.path)
  }

  private static func prepare(
    _ directory: String, _ target: PackTarget?, _ options: BuildOptions, _ spool: Spool, _ old: PackFile?,
    _ progress: ProgressReport
  ) throws(BuildError) -> (PackPlan, PackLayout, BuildSummary) {
    // What is wrong with the options, or with the rules of the site, is said before anything is read.
    var options = options
    let site = try SiteRules(of: withoutSlash(directory), &options)
    let rules = try ResponseRules(options, site)
    let scanner = try SiteScanner(
      root: withoutSlash(directory), options: options, target: target?.status?.identity)
    let plan = try PackPlan(
      of: files(of: scanner, site, options), rules, options: options, spool: spool, old: old, progress: progress)
    let layout = try PackLayout(plan, options: options)
    return (plan, layout, BuildSummary(plan, layout, warnings: scanner.warnings + plan.warnings))
  }

  /// The files that were found, and those that are made of them.
  static func files(of scanner: SiteScanner, _ rules: SiteRules, _ options: BuildOptions) -> [SiteFile] {
    guard rules.listsDirectories else { return scanner.files }
    return scanner.files + DirectoryListing.pages(of: scanner.files, indexName: options.indexName)
  }

  /// A directory's name without a slash at its end.
  static func withoutSlash(_ directory: String) -> String {
    directory.count > 1 && directory.hasSuffix("/") ? String(directory.dropLast()) : directory
  }
}
