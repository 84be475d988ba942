import Cache
import HTTP
import LinuxLink
import Pack
import PackBuilder
import Server

/// A pack that is open to be served. A directory is packed into a temporary file first, which has no name any more once it
/// is open, and is gone with the process.
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
  /// - Parameter isStopped: asked again and again while a directory is packed: whether to leave it at that.
  init(path: String, for names: [HostName] = [], unless isStopped: () -> Bool) throws(CommandFailure) {
    self.path = path
    self.names = names
    let isDirectory = FileSystem.isDirectory(path)
    let pack = isDirectory ? try ServedSite.pack(path, unless: isStopped) : path
    // The open descriptor keeps the file until the process ends, however it ends.
    defer { if isDirectory { FileSystem.remove(pack) } }
    let reader = try PackReader(path: pack)
    file = reader.file
    superblock = reader.superblock
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

  private static func pack(_ directory: String, unless isStopped: () -> Bool) throws(CommandFailure) -> String {
    let target = FileSystem.temporaryPath(prefix: "cheetah", suffix: ".cheetah")
    let summary = try CommandFailure.catching { () throws(BuildError) in
      try PackBuilder.pack(directory, to: target, options: BuildOptions()) { _ throws(BuildError) in
        if isStopped() { throw .interrupted }
      }
    }
    summary.warnings.forEach { CommandOutput.error("warning: \($0)") }
    return target
  }
}
