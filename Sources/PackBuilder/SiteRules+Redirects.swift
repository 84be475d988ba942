/// Reading `_redirects`: on each line a path, where it leads, and a status if it is not 301.
extension SiteRules {
  /// Reads the rules of a text.
  static func redirects(_ text: RuleText) throws(BuildError) -> [Redirect] {
    var rules: [Redirect] = []
    for (origin, line) in text.lines {
      var words = line.split { $0.isWhitespace }.map(String.init)
      if let comment = words.firstIndex(where: { $0.hasPrefix("#") }) { words.removeSubrange(comment...) }
      guard words.count >= 2 else { throw origin.error("a redirect is a path and where it leads: \"\(line)\"") }
      guard words.count <= 3, !words[1].contains("=") || words[1].contains("?") else {
        throw origin.error(
          "a rule that asks for queries, countries, languages or the like is not supported: \"\(line)\"")
      }
      let status = words.count == 3 ? words[2] : "301"
      rules.append(
        try redirect(
          from: words[0], to: words[1], status: status.hasSuffix("!") ? String(status.dropLast()) : status,
          isForced: status.hasSuffix("!"), at: origin))
    }
    return rules
  }

  /// Makes a rule of its parts.
  static func redirect(
    from path: String, to target: String, status: String, isForced: Bool, at origin: RuleOrigin
  ) throws(BuildError) -> Redirect {
    let statuses: Set<UInt16> = [200, 301, 302, 303, 307, 308, 403, 404, 410, 451]
    guard let number = UInt16(status), statuses.contains(number) else {
      throw origin.error("a status is 200, 301, 302, 303, 307, 308, 403, 404, 410 or 451, not \"\(status)\"")
    }
    let pattern = try RulePattern(path, at: origin)
    let isReference = (300...399).contains(number)
    let place = try RuleTarget(target, isReference: isReference, pattern, at: origin)
    guard place.bytes.count <= 512 else { throw origin.error("a target has at most 512 bytes") }
    guard path != target else { throw origin.error("it leads to itself: \"\(path)\"") }
    return Redirect(pattern: pattern, target: place, status: number, isForced: isForced, origin: origin)
  }
}
