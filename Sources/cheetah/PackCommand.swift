import ArgumentParser
import LinuxLink
import Pack
import PackBuilder
import Time

/// `cheetah pack`
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Pack a directory into one file or onto a block device.",
    discussion: """
      EXAMPLES
        cheetah pack www -o site.cheetah
        cheetah pack build -o site.cheetah --immutable 'assets/*' --header 'X-Frame-Options: DENY'
        cheetah pack www -o site.cheetah --access-log /var/log/nginx/access.log
        cheetah pack www --dry-run --exclude '*.map' --exclude drafts

      The same files with the same times make the same pack. It takes its place when it is complete: whatever stood
      there stands there until then. Names that begin with a dot, and links that lead out of the directory, are left
      out. Each page lies with what it embeds, so that one read brings them all; 'cheetah inspect --groups' shows how.
      Text is also stored coded in gzip, Brotli and Zstandard, where that saves a tenth of it and 512 bytes, and never
      what is compressed already; a client gets the one that it prefers. Responses say 'Cache-Control: no-cache' (keep it, but ask each time) except for what is --immutable; another
      rule is a --header. What has not changed since the pack was made is not read or coded again: SITE.cheetah.ledger has the
      sizes, times and inodes of its files, and only the content counts with --reread. A site says more of itself in _headers, _redirects and cheetah.toml (docs/SITE.md).
      """)

  @Argument(help: "The directory.")
  var directory: String

  @Option(name: [.short, .customLong("output")], help: "The pack.")
  var output: String?

  @Option(help: "A pattern of paths that never change under their name, to be cached for a year. May be repeated.")
  var immutable: [String] = []

  @Option(help: "A field for every file's response, 'Name: value'. May be repeated.")
  var header: [String] = []

  @Option(help: "A pattern of paths to leave out; one without a slash is for names at any depth. May be repeated.")
  var exclude: [String] = []

  @Option(help: "The media type of an ending, 'foo=application/x-foo'. May be repeated.")
  var mime: [String] = []

  @Option(help: "Codings that files are also stored in: a list of gzip, br and zstd, or none.")
  var compress: CodingList = .all

  @Flag(help: "Lay files in the order of their names, and not each page with what it embeds.")
  var noGroups = false

  @Option(
    help: "An access log in the combined format: pages that are asked for often, and after each other, lie together.")
  var accessLog: String?

  @Flag(help: "Code all files again, and write the pack again, even if the one that is there has them.")
  var fresh = false

  @Flag(help: "Read every file again, even if its size, times and inode are those of the last time.")
  var reread = false

  @Option(help: "Threads that read and compress; one for each processor if it is not said.")
  var jobs: Int?

  @Option(help: "The name of the file that stands for its directory.")
  var index = "index.html"

  @Option(help: "The path of the page for paths that are not there.")
  var notFound = "/404.html"

  @Option(help: "The path of the page that is sent with 200 for every path that is not there.")
  var fallback: String?

  @Flag(help: "Ask for /page.html as /page.")
  var cleanUrls = false

  @Flag(help: "List directories that have no index page.")
  var listings = false

  @Flag(help: "Pack names that begin with a dot, too.")
  var dotfiles = false

  @Flag(help: "Do not tell when files were changed.")
  var noLastModified = false

  @Flag(help: "Say what would be packed, and write nothing.")
  var dryRun = false

  @Flag(help: "Say it in JSON.")
  var json = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard output != nil || dryRun else {
      throw ValidationError("say where the pack is to go: cheetah pack \(directory) -o SITE.cheetah")
    }
    guard jobs ?? 1 > 0 else { throw ValidationError("at least one thread has to do the work: --jobs 1") }
  }

  func run() throws {
    let bar = ProgressBar(isShown: CommandOutput.isTerminal && !quiet && !json)
    let start = MonotonicClock().now
    let signals = try CommandFailure.catching { () throws(SystemError) in try SignalDescriptor() }
    defer { bar.clear() }
    let summary = try CommandFailure.catching { () throws(BuildError) in
      let progress: ProgressReport = { state throws(BuildError) in
        if let signal = signals.next(), signal != .user1 { throw .interrupted }
        bar.show(state)
      }
      guard let output, !dryRun else {
        return try PackBuilder.survey(directory, to: output, options: options, progress: progress)
      }
      return try PackBuilder.pack(directory, to: output, options: options, progress: progress)
    }
    bar.clear()
    report(summary, in: MonotonicClock().now.since(start))
  }

  /// What a person has said.
  private var options: BuildOptions {
    var options = BuildOptions()
    options.immutable = immutable
    options.fields = header
    options.excluded = exclude
    options.mediaTypes = mime
    options.indexName = index
    options.notFoundPath = notFound
    options.fallbackPath = fallback
    options.hasCleanPaths = cleanUrls
    options.listsDirectories = listings
    options.includesDotfiles = dotfiles
    options.tellsLastModified = !noLastModified
    options.codings = compress.codings
    options.groups = !noGroups
    options.accessLog = accessLog
    options.reuses = !fresh
    options.keepsLedger = true
    options.trustsTimes = !reread
    options.jobs = jobs ?? Processors.count
    return options
  }

  private func report(_ summary: BuildSummary, in time: Interval) {
    if !quiet { summary.warnings.forEach { CommandOutput.error("warning: \($0)") } }
    if json {
      CommandOutput.print(summary.json)
    } else if !quiet {
      var words = "\(summary.fileCount) files, \(CommandOutput.bytes(summary.byteCount))"
      if summary.sharedCount > 0 { words += ", \(summary.sharedCount) of them copies of others" }
      if summary.variantCount > 0 {
        words += ", with \(summary.variantCount) coded forms of \(CommandOutput.bytes(summary.variantByteCount))"
      }
      let pack = "\(CommandOutput.bytes(summary.packByteCount)) in \(summary.blockCount) blocks"
      guard let output, !dryRun else {
        CommandOutput.print("would pack \(words): \(pack)")
        return
      }
      if summary.isUnchanged {
        CommandOutput.print("unchanged: \(output) holds \(words): \(pack), \(time.milliseconds) ms")
        return
      }
      CommandOutput.print("packed \(words) into \(output): \(pack), \(time.milliseconds) ms")
    }
  }
}

extension BuildSummary {
  /// The summary as a JSON object on one line.
  var json: String {
    let escaped = warnings.map { warning in
      "\"\(warning.json)\""
    }
    return """
      {"files":\(fileCount),"paths":\(pathCount),"bytes":\(byteCount),"shared":\(sharedCount),"groups":\(groupCount),"reused":\(reusedCount),"unchanged":\(isUnchanged),\
      "variants":\(variantCount),"variantBytes":\(variantByteCount),"blocks":\(blockCount),"packBytes":\(packByteCount),"warnings":[\(escaped.joined(separator: ","))]}
      """
  }
}
