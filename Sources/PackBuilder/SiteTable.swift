import TOMLKit

/// A `cheetah.toml`: what it says, and on which lines.
struct SiteTable {
  private let text: RuleText
  private let table: TOMLTable

  /// Reads a text.
  /// - Throws: `badRule` with the line where it is not TOML.
  init(_ text: RuleText) throws(BuildError) {
    self.text = text
    do {
      table = try TOMLTable(string: text.text)
    } catch let error as TOMLParseError {
      throw .badRule(text.file, line: error.source.begin.line, error.description)
    } catch {
      throw .badRule(text.file, line: 1, "\(error)")
    }
  }

  /// Adds what it says to rules and options. What the command line says comes later, or takes its place.
  func apply(to rules: inout SiteRules, _ options: inout BuildOptions) throws(BuildError) {
    let plain = BuildOptions()
    for key in table.keys.sorted() {
      switch key {
      case "index": if options.indexName == plain.indexName { options.indexName = try string(key) }
      case "not-found": if options.notFoundPath == plain.notFoundPath { options.notFoundPath = try string(key) }
      case "error-pages": try addErrorPages(to: &options)
      case "immutable": options.immutable = try strings(key) + options.immutable
      case "exclude": options.excluded = try strings(key) + options.excluded
      case "dotfiles": options.includesDotfiles = try flag(key) || options.includesDotfiles
      case "last-modified": options.tellsLastModified = try flag(key) && options.tellsLastModified
      case "fingerprints": rules.findsFingerprints = try flag(key)
      case "clean-urls": options.hasCleanPaths = try flag(key) || options.hasCleanPaths
      case "listings": options.listsDirectories = try flag(key) || options.listsDirectories
      case "charset": rules.charset = try charset(key)
      case "types": try addTypes(to: &options)
      case "headers": try addHeaders(to: &rules)
      case "redirects": try addRedirects(to: &rules)
      case "fallback": break
      default: throw place(of: key).error("there is no setting \"\(key)\"; docs/SITE.md has them all")
      }
    }
    if table.contains(key: "fallback"), options.fallbackPath == nil {
      rules.redirects.append(
        try SiteRules.redirect(
          from: "/*", to: try string("fallback"), status: "200", isForced: false, at: place(of: "fallback")))
    }
  }

  private func addTypes(to options: inout BuildOptions) throws(BuildError) {
    guard let types = table["types"]?.table else { throw place(of: "types").error("types is a table") }
    for ending in types.keys.sorted() {
      let origin = place(of: ending)
      guard let type = types[ending]?.string else { throw origin.error("\(ending) is a text: \"text/plain\"") }
      let mime = "\(ending)=\(type)"
      guard (try? MediaTypes([mime])) != nil else { throw origin.error("no media type: \"\(type)\"") }
      options.mediaTypes.insert(mime, at: 0)
    }
  }

  private func addErrorPages(to options: inout BuildOptions) throws(BuildError) {
    guard let pages = table["error-pages"]?.table else {
      throw place(of: "error-pages").error("error-pages is a table")
    }
    for status in pages.keys.sorted() {
      let origin = place(of: status)
      guard let path = pages[status]?.string, path.hasPrefix("/") else {
        throw origin.error("\(status) is the path of a page: \"/errors/\(status).html\"")
      }
      guard let number = UInt16(status), ErrorPagePaths.statuses.contains(number) else {
        throw origin.error("a page is for one of the errors \(ErrorPagePaths.list), not \"\(status)\"")
      }
      options.errorPages[number] = path
      if number == 404, options.notFoundPath == BuildOptions().notFoundPath { options.notFoundPath = path }
    }
  }

  private func addHeaders(to rules: inout SiteRules) throws(BuildError) {
    for (number, entry) in try entries("headers").enumerated() {
      let origin = place(of: "for", number: number, within: "[[headers]]")
      guard let path = entry["for"]?.string, let values = entry["values"]?.table, entry.count == 2 else {
        throw origin.error("an entry of headers has `for`, a path, and `values`, a table of fields")
      }
      var rule = SiteRules.HeaderRule(pattern: try RulePattern(path, at: origin), fields: [])
      for name in values.keys.sorted() {
        guard let value = values[name]?.string else { throw origin.error("\(name) is a text") }
        rule.add(try SiteRules.field("\(name): \(value)", at: origin))
      }
      rules.headers.append(rule)
    }
  }

  private func addRedirects(to rules: inout SiteRules) throws(BuildError) {
    for (number, entry) in try entries("redirects").enumerated() {
      let origin = place(of: "from", number: number, within: "[[redirects]]")
      guard let from = entry["from"]?.string, let to = entry["to"]?.string,
        entry.keys.allSatisfy(["from", "to", "status", "force"].contains)
      else { throw origin.error("an entry of redirects has `from` and `to`, and may have `status` and `force`") }
      let status = entry["status"].map { $0.int.map(String.init) ?? $0.debugDescription } ?? "301"
      rules.redirects.append(
        try SiteRules.redirect(from: from, to: to, status: status, isForced: entry["force"]?.bool ?? false, at: origin))
    }
  }

  private func entries(_ key: String) throws(BuildError) -> [TOMLTable] {
    let entries = table[key]?.array.map { $0.map(\.table) } ?? [nil]
    guard !entries.contains(where: { $0 == nil }) else {
      throw place(of: key).error("write [[\(key)]] before each entry")
    }
    return entries.compactMap { $0 }
  }

  private func string(_ key: String) throws(BuildError) -> String {
    guard let value = table[key]?.string, !value.isEmpty else {
      throw place(of: key).error("\(key) is a text in quotes")
    }
    return value
  }

  private func strings(_ key: String) throws(BuildError) -> [String] {
    let values = table[key]?.array.map { $0.map(\.string) } ?? [nil]
    guard !values.contains(where: { $0 == nil }) else { throw place(of: key).error("\(key) is a list of texts") }
    return values.compactMap { $0 }
  }

  private func flag(_ key: String) throws(BuildError) -> Bool {
    guard let value = table[key]?.bool else { throw place(of: key).error("\(key) is true or false") }
    return value
  }

  private func charset(_ key: String) throws(BuildError) -> String? {
    let value = try string(key)
    guard ResponseRules.isToken(value) else { throw place(of: key).error("no charset: \"\(value)\"") }
    return value == "none" ? nil : value
  }

  /// The line of a setting: the first that begins with its name, in the entry with this number of a list of tables.
  private func place(of key: String, number: Int = 0, within list: String? = nil) -> RuleOrigin {
    let lines = text.text.split(separator: "\n", omittingEmptySubsequences: false)
    var (entry, first) = (list == nil ? number : -1, 1)
    for (index, line) in lines.enumerated() {
      let line = line.drop { $0 == " " || $0 == "\t" || $0 == "\"" }
      if let list, line.hasPrefix(list) {
        entry += 1
        if entry == number { first = index + 1 }
      }
      let name = line.drop { $0 == "[" }
      let isKey =
        name.hasPrefix(key) && name.dropFirst(key.count).first { $0 != " " && $0 != "\"" }.map("=].".contains) == true
      if isKey, entry == number { return RuleOrigin(file: text.file, line: index + 1) }
    }
    return RuleOrigin(file: text.file, line: first)
  }
}
