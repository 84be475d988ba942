import Cache
import HTTP
import LinuxLink
import Pack
import PackBuilder
import Server

/// A pack that is open to be served. A directory is packed into a temporary file first, which is gone with the process.
struct ServedSite: Sendable {
  /// Where it was found.
  let path: String
  /// The hosts that it is served to; none where it is served to those who ask for a host that nobody has.
  let names: [HostName]
  /// The pack's file.
  let file: BlockFile
  /// What it says of itself.
  let superblock: Superblock

  /// Opens a pack or packs a directory.
  init(path: String, for names: [HostName] = []) throws(CommandFailure) {
    self.path = path
    self.names = names
    let isDirectory = FileSystem.isDirectory(path)
    let pack = isDirectory ? try ServedSite.pack(path) : path
    let reader = try PackReader(path: pack)
    file = reader.file
    superblock = reader.superblock
    // The open descriptor keeps the file until the process ends, however it ends.
    if isDirectory { FileSystem.remove(pack) }
    guard superblock.blockCount <= PackSlot.mostBlocks else {
      throw .failed("\(path) is too large to be served: it has more than \(PackSlot.mostBlocks) blocks")
    }
  }

  /// What the engine has to know of it.
  var pack: SitePack { SitePack(superblock, for: names) }

  /// The path, and the hosts if there are any, for people.
  var words: String {
    names.isEmpty ? path : "\(path) for \(names.map(\.description).joined(separator: ", "))"
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
