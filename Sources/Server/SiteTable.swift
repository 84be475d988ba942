package import Cache
package import HTTP
package import Pack

/// A pack, and the hosts that it is served to.
package struct SitePack: Sendable {
  /// What the pack says of itself.
  package let superblock: Superblock
  /// The hosts; none where it is served to those who ask for a host that nobody has.
  package let names: [HostName]

  /// A pack.
  package init(_ superblock: Superblock, for names: [HostName] = []) {
    self.superblock = superblock
    self.names = names
  }
}

/// The number of a site in a server's table: its place among the packs that the engine was made with.
package struct SiteNumber: Hashable, Sendable {
  /// The number, from 0.
  package let value: Int

  /// The site with this number.
  package init(_ value: Int) {
    self.value = value
  }
}

/// The packs that are served, by the host that is asked for (RFC 9110 §7.2), and which of them the request at hand is about.
package struct SiteTable: Sendable {
  /// A pack that is served.
  package struct Site: Sendable {
    /// What it says of itself.
    package var superblock: Superblock
    /// Where its blocks stand in the cache.
    package var slot: PackSlot
  }

  /// The most sites of a server. The other slots are for packs that were served before.
  package static let most = PackSlot.count * 3 / 4

  private var sites: [Site]
  /// What is asked for by name, in the order in which it is looked for: wildcards behind names, the longest first.
  private let names: [(name: HostName, site: SiteNumber)]
  /// What others are served; nil where they are turned away.
  private let other: SiteNumber?
  /// The site that the request at hand is about.
  private(set) var present = SiteNumber(0)

  /// A table of at least one pack and at most `most`, in the first slots.
  init(_ packs: [SitePack]) {
    precondition((1...SiteTable.most).contains(packs.count), "no such number of sites")
    sites = packs.enumerated().map { Site(superblock: $1.superblock, slot: PackSlot($0)) }
    names = packs.enumerated().flatMap { number, pack in pack.names.map { ($0, SiteNumber(number)) } }.sorted {
      $0.name.isWildcard == $1.name.isWildcard ? $0.name.length > $1.name.length : $1.name.isWildcard
    }
    other = packs.firstIndex { $0.names.isEmpty }.map { SiteNumber($0) }
  }

  /// A site.
  package internal(set) subscript(site: SiteNumber) -> Site {
    get { sites[site.value] }
    set { sites[site.value] = newValue }
  }

  /// All of them.
  package var numbers: [SiteNumber] { sites.indices.map { SiteNumber($0) } }

  /// Turns to the site of a host.
  /// - Parameter host: the host that is asked for, with or without a port; empty where none is.
  /// - Returns: false when there is none.
  mutating func turn(to host: RawSpan) -> Bool {
    guard !names.isEmpty else { return true }
    for place in names.indices where names[place].name.matches(host) {
      present = names[place].site
      return true
    }
    guard let other else { return false }
    present = other
    return true
  }
}

extension Engine {
  /// What the pack that the request at hand is about says of itself.
  var superblock: Superblock { sites[sites.present].superblock }

  /// Where its blocks stand in the cache.
  var slot: PackSlot { sites[sites.present].slot }
}
