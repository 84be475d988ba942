import LinuxLink
import Pack
import PackBuilder

/// A pack that is open to be served. A directory is packed into a temporary file first, which is gone with the process.
struct ServedSite: Sendable {
  /// Where it was found.
  let path: String
  /// The pack's file.
  let file: BlockFile
  /// What it says of itself.
  let superblock: Superblock

  /// Opens a pack or packs a directory.
  init(path: String) throws(CommandFailure) {
    self.path = path
    let isDirectory = FileSystem.isDirectory(path)
    let pack = isDirectory ? try ServedSite.pack(path) : path
    let reader = try PackReader(path: pack)
    file = reader.file
    superblock = reader.superblock
    // The open descriptor keeps the file until the process ends, however it ends.
    if isDirectory { FileSystem.remove(pack) }
  }

  private static func pack(_ directory: String) throws(CommandFailure) -> String {
    let target = FileSystem.temporaryPath(prefix: "cheetah", suffix: ".cheetah")
    let summary = try CommandFailure.catching { () throws(BuildError) in
      try PackBuilder.pack(directory, to: target, options: BuildOptions())
    }
    summary.warnings.forEach { CommandOutput.error("warning: \($0)") }
    return target
  }
}
