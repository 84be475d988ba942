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
  let addresses: ServerAddresses
  /// The options of the command.
  let options: ServeOptions
  /// How blocks are read.
  let reads: ReadsText
  /// The most connections of all workers, and the most bytes that they and all they need take.
  let tables: (connections: Int, bytes: Int)

  /// The addresses of the front page.
  var urls: [String] {
    addresses.internet.map { "http://\($0.hostText)\(options.port == 80 ? "" : ":\(options.port)")/" }
  }

  /// The first of them.
  var url: String { urls[0] }

  /// The networks that they are in.
  private var networks: String {
    addresses.list.count == 1
      ? "the network \(addresses.list[0])" : addresses.list.map(\.description).joined(separator: ", ")
  }

  /// The most text in a segment, for each version.
  private var sizes: String {
    let families = addresses.internet.map(\.family)
    let sizes = families.map { "\($0.segmentSize(mtu: properties.mtu))" }
    return sizes.count == 1 ? sizes[0] : zip(sizes, families).map { "\($0) over \($1)" }.joined(separator: ", ")
  }

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
      "  at       \(urls.joined(separator: " and ")), in \(networks)",
      "  on       \(device), \(properties.address), MTU \(properties.mtu), MSS \(sizes)",
      "  offload  \(offload)",
      "  cache    \(CommandOutput.bytes(UInt64(options.cache.bytes))), \(reads)",
    ]
    lines.append(
      "  memory   \(CommandOutput.bytes(UInt64(tables.bytes))) at most for \(tables.connections) connections")
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
