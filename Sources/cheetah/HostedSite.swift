import ArgumentParser
import HTTP
import LinuxLink
import Server

/// A site for a host, as the command is told: `example.org=site.cheetah`; or for all others: `site.cheetah`.
struct HostedSite: ExpressibleByArgument {
  /// The host; nil where it is for all that have no other.
  let name: HostName?
  /// The pack or directory.
  let path: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else {
      guard !argument.isEmpty, !argument.contains("=") else { return nil }
      (name, path) = (nil, argument)
      return
    }
    guard let name = HostName(String(parts[0])) else { return nil }
    (self.name, path) = (name, String(parts[1]))
  }

  /// Opens sites; one that is named twice is opened once. A signal that ends the process ends it here, too, once what has
  /// been written so far is taken away; others wait for whoever reads them.
  /// - Parameter other: the one for all other hosts; nil where they are turned away.
  static func open(_ hosted: [HostedSite], other: String?) throws(CommandFailure) -> [ServedSite] {
    let ends = try CommandFailure.catching { () throws(SystemError) in
      try SignalDescriptor(of: [.terminate, .interrupt])
    }
    var sites: [ServedSite] = []
    if let other { sites.append(try ServedSite(path: other) { ends.next() != nil }) }
    var paths: [String] = []
    for site in hosted where !paths.contains(site.path) { paths.append(site.path) }
    for path in paths {
      let names = hosted.filter { $0.path == path }.compactMap(\.name)
      sites.append(try ServedSite(path: path, for: names) { ends.next() != nil })
    }
    return sites
  }

  /// Whether no host is named twice, and there are not too many.
  /// - Returns: what is wrong; nil when nothing is.
  static func fault(in hosted: [HostedSite], other: String?) -> String? {
    let named = hosted.filter { $0.name != nil }
    let names = named.compactMap(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      return "\(twice) can have one site only"
    }
    if Set(named.map(\.path)).count + (other == nil ? 0 : 1) > SiteTable.most {
      return "a server has at most \(SiteTable.most) sites"
    }
    return named.isEmpty && other == nil ? "give a site to serve: a pack, a directory, or --site HOST=PACK" : nil
  }
}
