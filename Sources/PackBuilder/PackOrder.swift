/// The order of a site's files in the pack, and which of them lie together.
struct PackOrder {
  /// Files that are read together.
  struct Group {
    /// Their numbers.
    var files: [Int]
  }

  /// Groups that lie one behind the other.
  struct Bin {
    var groups: [Group]
    /// Whether the first of them begins at the front of a block.
    var startsBlock: Bool
    /// Whether bodies run on over the end of a block.
    var isPacked: Bool
  }

  /// The files, by number; what lies elsewhere is known.
  private(set) var entries: [PackPlan.Entry]
  /// Everything in order.
  private(set) var bins: [Bin] = []

  /// Bodies smaller than this are stored with each of their files: a copy beside its record costs less than a second read.
  static let smallestShared: UInt64 = 4_096

  /// Orders the files of a site.
  init(_ entries: [PackPlan.Entry], _ graph: SiteGraph, _ options: BuildOptions) throws(BuildError) {
    self.entries = entries
    guard options.groups else {
      shareBodies(in: Array(entries.indices))
      bins = [Bin(groups: entries.indices.map { Group(files: [$0]) }, startsBlock: false, isPacked: false)]
      return
    }
    let popularity = try options.accessLog.map { log throws(BuildError) in try Popularity(log: log, graph) }
    let sizes = entries.map { entry in UInt64(entry.extent.front) + entry.extent.bodies }
    let grouping = Grouping(graph, popularity ?? Popularity(), sizes: sizes)
    shareBodies(in: grouping.groups.flatMap { $0 } + grouping.long)
    var blocks = BlockBins()
    for (number, files) in grouping.groups.enumerated() {
      try blocks.add(number, files.flatMap { extents(of: $0) })
    }
    bins = blocks.bins.map { bin in
      Bin(groups: bin.groups.map { Group(files: grouping.groups[$0]) }, startsBlock: true, isPacked: true)
    }
    bins += grouping.long.map { Bin(groups: [Group(files: [$0])], startsBlock: true, isPacked: true) }
  }

  /// What the items of a file take.
  private func extents(of file: Int) -> [PackPlan.Extent] {
    entries[file].leads.map(\.extent) + [entries[file].extent]
  }

  /// Marks the bodies that a file before has as well.
  private mutating func shareBodies(in order: [Int]) {
    var seen: Set<ContentHash.Digest> = []
    for file in order {
      for index in entries[file].bodies.indices where entries[file].bodies[index].count >= PackOrder.smallestShared {
        if !seen.insert(entries[file].bodies[index].digest).inserted { entries[file].bodies[index].isShared = true }
      }
    }
  }
}
