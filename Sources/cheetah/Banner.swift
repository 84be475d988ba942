import Link
import LinuxLink
import Pack
import Server
import Stack
import Wire

/// What a person is told when the server starts.
struct Banner: CustomStringConvertible {
  /// Where the site was found, and what its pack says of itself.
  let site: (path: String, superblock: Superblock)
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

  var description: String {
    let offload =
      properties.finishesChecksums
      ? "checksums and segmentation by the device"
      : "none: checksums from stored sums, frames of at most \(properties.mtu) bytes"
    var lines = [
      "Serving \(site.path): \(site.superblock.entryCount) paths, \(CommandOutput.bytes(site.superblock.byteCount))",
      "  at       \(url)",
      "  on       \(device), \(properties.address), MTU \(properties.mtu), MSS \(properties.mtu - 40)",
      "  offload  \(offload)",
      "  cache    \(CommandOutput.bytes(UInt64(options.cache.bytes))), \(reads)",
    ]
    if let log = options.accessLog { lines.append("  log      \(log)") }
    if let capture = options.capture { lines.append("  capture  \(capture)") }
    lines.append("Try:   curl -i \(url)")
    lines.append("Stop:  Ctrl-C")
    return lines.joined(separator: "\n")
  }
}
