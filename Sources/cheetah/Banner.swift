import Link
import LinuxLink
import Pack
import Server
import Stack
import Wire

/// What a person is told when the server starts.
struct Banner: CustomStringConvertible {
  /// What is served.
  let sites: [Site]
  /// The device, by its kind and name.
  let device: String
  /// What the device does.
  let properties: LinkProperties
  /// Where the server is.
  let address: InterfaceAddress
  /// The options of the command.
  let options: ServeOptions
  /// How blocks are read.
  let reads: ReadsText

  /// The address of the front page.
  var url: String { "http://\(address.address)\(options.port == 80 ? "" : ":\(options.port)")/" }

  /// A site, and what its pack says of itself.
  struct Site {
    /// Where it was found, and for whom it is.
    let words: String
    /// Paths that it answers.
    let pathCount: UInt64
    /// Bytes of its pack.
    let byteCount: UInt64
    /// Blocks of its pack.
    let blockCount: UInt32
    /// What tells its pack from every other.
    let identity: UInt64

    /// A site that is served.
    init(_ site: ServedSite) {
      words = site.words
      (pathCount, byteCount) = (site.superblock.entryCount, site.superblock.byteCount)
      (blockCount, identity) = (site.superblock.blockCount, site.superblock.identity)
    }
  }

  var description: String {
    let offload =
      properties.finishesChecksums
      ? "checksums and segmentation by the device"
      : "none: checksums from stored sums, frames of at most \(properties.mtu) bytes"
    var lines = sites.map { site in
      "Serving \(site.words): \(site.pathCount) paths, \(CommandOutput.bytes(site.byteCount)) in \(site.blockCount) blocks, "
        + "pack \(String(site.identity, radix: 16))"
    }
    lines += [
      "  at       \(url), in the network \(address)",
      "  on       \(device), \(properties.address), MTU \(properties.mtu), MSS \(properties.mtu - 40)",
      "  offload  \(offload)",
      "  cache    \(CommandOutput.bytes(UInt64(options.cache.bytes))), \(reads)",
    ]
    let user = UserNames.user(UserNames.own)
    lines.append("  user     \(user)\(Privileges.effective.isEmpty ? "" : ", privileged: --user NAME gives that up")")
    if let log = options.accessLog { lines.append("  log      \(log)") }
    if let admin = options.admin { lines.append("  admin    http://\(admin)/") }
    if let capture = options.capture { lines.append("  capture  \(capture)") }
    lines.append("Try:   curl -i \(url)")
    lines.append("Stop:  Ctrl-C")
    return lines.joined(separator: "\n")
  }
}
