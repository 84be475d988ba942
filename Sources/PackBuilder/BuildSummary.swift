import Pack

/// What a pack holds.
package struct BuildSummary: Equatable, Sendable {
  /// Files of the site.
  package let fileCount: Int
  /// Paths that can be asked for: files, directories, redirects.
  package let pathCount: Int
  /// Bytes of the files.
  package let byteCount: UInt64
  /// Files whose content another has as well, and that was stored once.
  package let sharedCount: Int
  /// Groups that are read as a whole.
  package let groupCount: Int
  /// Coded forms of files that were stored besides.
  package let variantCount: Int
  /// Bytes of these.
  package let variantByteCount: UInt64
  /// Files whose coded forms were taken from the pack before.
  package internal(set) var reusedCount: Int
  /// Files of which coded forms were looked for.
  let codedCount: Int
  /// Whether the pack before was the same, and stands there still.
  package internal(set) var isUnchanged = false
  /// Blocks of the pack.
  package let blockCount: UInt32
  /// Bytes of the pack.
  package let packByteCount: UInt64
  /// What was left out, or is not what it might be, and why: one line each.
  package internal(set) var warnings: [String]
}

extension BuildSummary {
  /// What a pack that is laid out like this holds.
  init(_ plan: PackPlan, _ layout: PackLayout, warnings: [String]) {
    let (size, variants) = (plan.size, plan.entries.flatMap { $0.bodies.dropFirst() })
    self.init(
      fileCount: size.files, pathCount: layout.index.entryCount, byteCount: size.bytes,
      sharedCount: plan.entries.count { $0.bodies[0].isShared }, groupCount: plan.groups.count,
      variantCount: variants.count, variantByteCount: variants.reduce(0) { $0 + $1.count },
      reusedCount: plan.reusedCount, codedCount: plan.codedCount, blockCount: layout.superblock.blockCount,
      packByteCount: layout.superblock.byteCount, warnings: warnings)
  }
}
