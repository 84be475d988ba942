import SystemPackage

/// Packs a directory: finds its files, plans where they lie, and writes them down.
package enum PackBuilder {
  /// Packs a directory into a file, or onto a block device.
  ///
  /// A file is written beside its final place and takes that place when it is complete; whatever stood there stands there
  /// until then. A device is written in place, its superblock last.
  /// - Parameters:
  ///   - directory: the site.
  ///   - target: the pack.
  ///   - options: how.
  ///   - progress: told of every file, twice.
  package static func pack(
    _ directory: String, to target: String, options: BuildOptions, progress: (BuildProgress) -> Void = { _ in }
  ) throws(BuildError) -> BuildSummary {
    let (plan, warnings) = try plan(directory, options: options, progress: progress)
    let isDevice = (try? FileSystem.status(of: target, followsLinks: true).kind) == .other
    let path = isDevice ? target : "\(target).partial"
    do throws(BuildError) {
      var summary = try write(plan, to: path, isDevice: isDevice, options: options, progress: progress)
      if !isDevice { try FileSystem.rename(path, to: target) }
      summary.warnings = warnings
      return summary
    } catch {
      if !isDevice { FileSystem.remove(path) }
      throw error
    }
  }

  /// What would be packed, without writing anything.
  package static func survey(_ directory: String, options: BuildOptions) throws(BuildError) -> BuildSummary {
    let (plan, warnings) = try plan(directory, options: options, progress: { _ in })
    var summary = BuildSummary()
    summary.fileCount = plan.entries.count
    summary.pathCount = plan.entries.reduce(plan.redirects.count) { $0 + $1.paths.count }
    summary.byteCount = plan.entries.reduce(0) { $0 + $1.file.size }
    summary.warnings = warnings
    return summary
  }

  private static func plan(
    _ directory: String, options: BuildOptions, progress: (BuildProgress) -> Void
  ) throws(BuildError) -> (PackPlan, [String]) {
    for field in options.fields { try check(field) }
    let root = directory.count > 1 && directory.hasSuffix("/") ? String(directory.dropLast()) : directory
    let scanner = try SiteScanner(root: root, options: options)
    return (try PackPlan(of: scanner.files, options: options, progress: progress), scanner.warnings)
  }

  private static func write(
    _ plan: PackPlan, to path: String, isDevice: Bool, options: BuildOptions, progress: (BuildProgress) -> Void
  ) throws(BuildError) -> BuildSummary {
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(
        FilePath(path), .readWrite, options: isDevice ? [.closeOnExec] : [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw .system("write", path, error as? Errno ?? .ioError)
    }
    defer { try? descriptor.close() }
    let writer = PackWriter(plan, options: options, to: descriptor, path: path)
    return try writer.write(progress: progress)
  }

  /// A field must be a name, a colon and a value in printable ASCII: anything else could end the head it stands in.
  private static func check(_ field: String) throws(BuildError) {
    let parts = field.split(separator: ":", maxSplits: 1)
    let isPrintable = field.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    guard isPrintable, parts.count == 2, !parts[0].isEmpty, !parts[0].contains(" ") else { throw .badField(field) }
  }
}
