import ArgumentParser
import HTTP
import Server

/// A site for a host, as the command is told: `example.org=site.cheetah`.
struct HostedSite: ExpressibleByArgument {
  /// The host.
  let name: HostName
  /// The pack or directory.
  let path: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let name = HostName(String(parts[0])) else { return nil }
    self.name = name
    path = String(parts[1])
  }

  /// Opens sites; one that is named twice is opened once.
  /// - Parameter other: the one for all other hosts; nil where they are turned away.
  static func open(_ hosted: [HostedSite], other: String?) throws(CommandFailure) -> [ServedSite] {
    var sites: [ServedSite] = []
    if let other { sites.append(try ServedSite(path: other)) }
    var paths: [String] = []
    for site in hosted where !paths.contains(site.path) { paths.append(site.path) }
    for path in paths { sites.append(try ServedSite(path: path, for: hosted.filter { $0.path == path }.map(\.name))) }
    return sites
  }

  /// Whether no host is named twice, and there are not too many.
  /// - Returns: what is wrong; nil when nothing is.
  static func fault(in hosted: [HostedSite], other: String?) -> String? {
    let names = hosted.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      return "\(twice) can have one site only"
    }
    if Set(hosted.map(\.path)).count + (other == nil ? 0 : 1) > SiteTable.most {
      return "a server has at most \(SiteTable.most) sites"
    }
    return hosted.isEmpty && other == nil ? "give a site to serve: a pack, a directory, or --site HOST=PACK" : nil
  }
}
