import HTTP

/// Lists of what is in directories that have no index page, as pages that are packed like any other.
struct DirectoryListing {
  private var entries: [String: Set<String>] = [:]
  private var files: [String: SiteFile] = [:]

  /// The index pages that are missing.
  /// - Parameter files: all files of the site.
  static func pages(of files: [SiteFile], indexName: String) -> [SiteFile] {
    var listing = DirectoryListing()
    for file in files { listing.add(file) }
    return listing.entries.keys.sorted().compactMap { directory in
      guard listing.files[directory + indexName] == nil else { return nil }
      let page = Array(listing.page(of: directory).utf8)
      return SiteFile(
        root: "", path: directory + indexName, size: UInt64(page.count), modified: nil, content: page)
    }
  }

  /// Notes a file, and the directories above it.
  private mutating func add(_ file: SiteFile) {
    files[file.path] = file
    var directory = file.directory
    entries[directory, default: []].insert(file.name)
    while directory != "/" {
      let above = directory.dropLast()
      let split = above.index(after: above.lastIndex(of: "/") ?? above.startIndex)
      let name = String(above[split...]) + "/"
      directory = String(above[..<split])
      entries[directory, default: []].insert(name)
    }
  }

  private func page(of directory: String) -> String {
    let names = (entries[directory] ?? []).sorted { ($0.hasSuffix("/") ? 0 : 1, $0) < ($1.hasSuffix("/") ? 0 : 1, $1) }
    let title = DirectoryListing.escaped(directory)
    var rows = directory == "/" ? [] : ["<tr><td><a href=\"../\">../</a></td><td></td><td></td></tr>"]
    rows += names.map { name in
      let file = files[directory + name]
      let reference = String(decoding: RuleTarget.reference(to: name), as: UTF8.self)
      let size = file.map { String($0.size) } ?? ""
      let date = file?.modified.map(DirectoryListing.date) ?? ""
      return "<tr><td><a href=\"./\(DirectoryListing.escaped(reference))\">\(DirectoryListing.escaped(name))</a></td>"
        + "<td>\(size)</td><td>\(date)</td></tr>"
    }
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>\(title)</title>
      <style>
      :root { color-scheme: light dark } body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem }
      table { border-spacing: 0; width: 100% } td { padding: .1rem .5rem } td + td { text-align: right; white-space: nowrap }
      </style></head>
      <body><h1>\(title)</h1>
      <table><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></body></html>

      """
  }

  /// `2026-11-25 12:00`, in UTC.
  private static func date(_ seconds: Int64) -> String {
    let date = CalendarDate(unixSeconds: seconds)
    func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date.year)-\(pair(date.month))-\(pair(date.day)) \(pair(date.hour)):\(pair(date.minute))"
  }

  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(character)
      }
    }.joined()
  }
}
