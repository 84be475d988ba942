import Wire

extension PackCheck {
  /// Checks the rules for paths that are not there, in a verified block: each has a status that a server knows, a pattern of
  /// paths and something to make of it.
  /// - Returns: how many there are.
  /// - Throws: `malformed`.
  package static func rules(_ bytes: RawSpan, at location: RecordLocation) throws(PackError) -> Int {
    let statuses: Set<UInt16> = [200, 301, 302, 303, 307, 308, 403, 404, 410, 451]
    var table = try RuleTable(parsing: bytes, at: location)
    var count = 0
    while let rule = try table.next() {
      guard statuses.contains(rule.status), rule.pattern.byteCount > 0, rule.pattern.byte(at: 0) == UInt8(ascii: "/"),
        rule.template.byteCount > 0
      else { throw .malformed(location.block, offset: location.offset) }
      count += 1
    }
    return count
  }
}
