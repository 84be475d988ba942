import ArgumentParser
import Pack
import PackBuilder

/// `cheetah verify`
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every block, sum, record and index entry of a pack.",
    discussion: """
      EXAMPLES
        cheetah verify site.cheetah
        cheetah verify site.cheetah --deep
        cheetah verify site.cheetah --against www

      With --deep the content of each file must also be what its entity tag, a SHA-256, says, and each form that is stored
      coded is decoded and must be the file; --against DIR is as deep. The first thing that is wrong is named by block, place in the file and path, and the exit code is 3.
      A pack that is whole, but differs from the directory, has exit code 1.
      """)

  @Argument(help: "The pack.")
  var pack: String

  @Flag(help: "Hash the content of every file, and decode every coded form, too.")
  var deep = false

  @Option(help: "A directory whose files the pack's must equal, byte by byte.")
  var against: String?

  @Flag(help: "The pack was made with --clean-urls, and the directory does not say so itself.")
  var cleanUrls = false

  @Flag(help: "The pack was made with --listings, and the directory does not say so itself.")
  var listings = false

  @Option(help: "Threads that check; three for each processor if it is not said, since some wait for the disk.")
  var jobs: Int?

  func validate() throws {
    guard jobs ?? 1 > 0 else { throw ValidationError("at least one thread has to do the work: --jobs 1") }
  }

  func run() throws {
    if let against, !FileSystem.isDirectory(against) {
      throw CommandFailure.failed("cannot compare with \(against): there is no such directory")
    }
    var site: SiteContent?
    if let against {
      site = try CommandFailure.catching { () throws(BuildError) in try SiteContent(of: against, options: options) }
    }
    let reader = try PackReader(path: pack)
    let verification = Verification(of: reader, jobs: jobs)
    let entries = try verification.entries()
    if let site, let against {
      var paths: Set<String> = []
      try verification.checkContent(of: entries) { listing, digest throws(CommandFailure) in
        try VerifyCommand.compare(listing, digest, with: site, in: against)
      } take: {
        paths.formUnion($0)
      }
      noteAdditions(site.files(beside: paths), in: against)
    } else if deep {
      try verification.checkContent(of: entries) { _, _ in
      } take: { _ in
      }
    } else {
      try verification.checkBlocks(with: entries)
    }
    let comparison = against.map { ", and equal \($0)" } ?? (deep ? ", and so is the content of every file" : "")
    CommandOutput.print(
      "\(pack): \(reader.superblock.blockCount) blocks and \(entries.count) paths are whole\(comparison)")
  }

  /// What is known of the options that the pack was made with.
  private var options: BuildOptions {
    var options = BuildOptions()
    (options.hasCleanPaths, options.listsDirectories) = (cleanUrls, listings)
    return options
  }

  /// A body against what it was packed from.
  private static func compare(
    _ listing: Listing, _ digest: ContentHash.Digest, with site: SiteContent, in directory: String
  ) throws(CommandFailure) {
    let found = try CommandFailure.catching { () throws(BuildError) in try site.digest(of: listing.path) }
    guard let found else {
      // A directory stands for its index page, which has a path of its own.
      guard !listing.path.hasSuffix("/") else { return }
      throw .failed("\(listing.path) is in the pack, and not in \(directory)\n  pack the directory again")
    }
    guard found == digest else {
      throw .failed("\(listing.path) differs from \(directory)\n  pack the directory again")
    }
  }

  /// Says which files of the directory the pack does not have: they may be new, or have been left out.
  private func noteAdditions(_ added: [String], in directory: String) {
    for path in added.prefix(10) { CommandOutput.error("note: \(directory)\(path) is not in the pack") }
    if added.count > 10 { CommandOutput.error("note: nor are \(added.count - 10) others") }
  }
}
