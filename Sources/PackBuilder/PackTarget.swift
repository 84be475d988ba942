import Pack
import SystemPackage

/// Where a pack is to go: a file, which is written beside its place and takes it at the end, or a block device, which is
/// written in place.
struct PackTarget {
  /// The file or device that the pack will be.
  let path: String
  /// What stands there now; nil for nothing.
  let status: FileSystem.Status?

  /// Where the ledger is kept; nil for a device, which has no place beside it.
  var ledgerPath: String? { status?.kind == .blockDevice ? nil : "\(path).ledger" }

  /// What of it may be found in a site, and is none of it: what a packing that was killed has left there, too.
  var own: [FileSystem.Identity] {
    let names = ledgerPath.map { [$0] + FileSystem.partialPaths(of: path) + FileSystem.partialPaths(of: $0) } ?? []
    let others = names.compactMap { try? FileSystem.status(of: $0, followsLinks: true) }
    return ([status] + others).compactMap { $0?.identity }
  }

  /// A name for what is made on the way: beside a file, which has room for the pack, but not beside a device.
  var spoolPath: String {
    status?.kind == .blockDevice
      ? FileSystem.temporaryPath(prefix: "cheetah", suffix: ".spool") : "\(path).\(FileSystem.uniqueSuffix).spool"
  }

  /// Looks at a place.
  /// - Throws: `badTarget` when no pack can be written there.
  init(_ path: String) throws(BuildError) {
    // A link stays one: what it leads to is replaced. One that leads nowhere is replaced itself.
    self.path = FileSystem.realPath(of: path) ?? path
    let status = try? FileSystem.status(of: self.path, followsLinks: true)
    switch status?.kind {
    case .directory?: throw .badTarget(path, "it is a directory\n  name a file in it:   -o \(path)/site.cheetah")
    case .link?, .other?: throw .badTarget(path, "it is neither a file nor a block device")
    case .file?, .blockDevice?: break
    case nil:
      let parent = FileSystem.parent(of: path)
      guard FileSystem.isDirectory(parent) else {
        throw .badTarget(path, "there is no directory \(parent)\n  make it:   mkdir -p \(parent)")
      }
    }
    self.status = status
  }

  /// Writes a pack.
  /// - Parameter body: writes it to a descriptor, whose path is given for messages. When it throws, a file is as it was.
  func write(
    _ byteCount: UInt64, _ body: (FileDescriptor, String) throws(BuildError) -> Void
  ) throws(BuildError) {
    if status?.kind == .blockDevice { return try writeDevice(byteCount, body) }
    let temporary = FileSystem.partialPath(of: path)
    let descriptor = try PackTarget.open(temporary, [.create, .exclusiveCreate, .closeOnExec])
    do throws(BuildError) {
      defer { try? descriptor.close() }
      try body(descriptor, path)
      try FileSystem.rename(temporary, to: path)
    } catch {
      FileSystem.remove(temporary)
      throw error
    }
  }

  /// A device has no second place. Its superblock is taken away first and written last, so that a device that was not
  /// written to the end is no pack rather than a mixture of two.
  private func writeDevice(
    _ byteCount: UInt64, _ body: (FileDescriptor, String) throws(BuildError) -> Void
  ) throws(BuildError) {
    // Without `O_CREAT`, `O_EXCL` refuses a device that is mounted (open(2)).
    let descriptor = try PackTarget.open(path, [.exclusiveCreate, .closeOnExec])
    defer { try? descriptor.close() }
    let available = UInt64((try? descriptor.seek(offset: 0, from: .end)) ?? 0)
    guard available >= byteCount else { throw .deviceTooSmall(path, needed: byteCount, available: available) }
    do throws(BuildError) {
      try PackTarget.clear(descriptor, path)
      try body(descriptor, path)
    } catch {
      throw .unfinishedDevice(path, error)
    }
  }

  /// Takes the superblock away.
  private static func clear(_ descriptor: FileDescriptor, _ path: String) throws(BuildError) {
    do throws(Errno) {
      let zeros = [UInt8](repeating: 0, count: BlockGeometry.byteCount)
      try FileSystem.write(zeros.bytes, to: descriptor, at: 0)
    } catch {
      throw .system("write", path, error)
    }
    try FileSystem.synchronize(descriptor, path)
  }

  /// Opens a file for reading and writing.
  static func open(
    _ path: String, _ options: FileDescriptor.OpenOptions
  ) throws(BuildError) -> FileDescriptor {
    do {
      return try FileDescriptor.open(
        FilePath(path), .readWrite, options: options, permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw .system("write", path, error as? Errno ?? .ioError)
    }
  }
}
